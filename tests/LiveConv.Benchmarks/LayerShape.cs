namespace LiveConv.Benchmarks;

/// <summary>A layer over two axes: a square kernel with half of it as padding.</summary>
/// <param name="Channels">Of the input.</param>
/// <param name="Outputs">Channels of the output.</param>
/// <param name="Height">Of the input.</param>
/// <param name="Width">Of the input.</param>
internal readonly record struct LayerShape(int Channels, int Outputs, int Height, int Width)
{
    /// <summary>Kernel rows and columns; odd.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>From one window to the next.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>A kernel for each channel alone.</summary>
    public bool IsDepthwise { get; init; }

    public int Padding => Kernel / 2;

    public int Groups => IsDepthwise ? Channels : 1;

    public int InputLength => Channels * Height * Width;

    public int OutputHeight => (Height - 1) / Stride + 1;

    public int OutputWidth => (Width - 1) / Stride + 1;

    public int OutputLength => Outputs * OutputHeight * OutputWidth;

    /// <summary>(output channels, input channels of a group, rows, columns).</summary>
    public int[] Weights => [Outputs, Channels / Groups, Kernel, Kernel];

    /// <summary>Such as "3x3, 64 to 128 channels, stride 2".</summary>
    public string Name =>
        $"{Kernel}x{Kernel}, {(IsDepthwise ? $"{Channels} channels by themselves" : $"{Channels} to {Outputs} channels")}"
        + (Stride > 1 ? $", stride {Stride}" : "");

    /// <summary>Whether there are as many output channels as a block has.</summary>
    public bool HasBlocks => Outputs >= 16;

    /// <summary>What Winograd's way can do; with fewer channels its transforms cost more than they save.</summary>
    public bool HasWinograd => HasBlocks && Channels >= 16 && Kernel == 3 && Stride == 1 && !IsDepthwise;
}
