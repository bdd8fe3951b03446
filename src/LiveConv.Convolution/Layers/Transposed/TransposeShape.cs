namespace LiveConv.Convolution;

/// <summary>A transposed convolution's axes and channels. The axes' padding is what is cropped from the output.</summary>
internal sealed class TransposeShape
{
    public TransposeShape(Axis height, Axis width, int outputHeight, int outputWidth)
    {
        Height = height;
        Width = width;
        OutputHeight = outputHeight;
        OutputWidth = outputWidth;
        PhasePitch = PhasePitchOf(width, outputWidth);
    }

    public Axis Height { get; }

    public Axis Width { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    public int InputChannels { get; init; } = 1;

    public int OutputChannels { get; init; } = 1;

    public int Groups { get; init; } = 1;

    /// <summary>Room for the sums of one of the horizontal stride's phases of an uncropped output row.</summary>
    public int PhasePitch { get; }

    private static int PhasePitchOf(Axis width, int output)
    {
        long pitch = width.Input + (width.Kernel - 1L) * width.Dilation / width.Stride + 1 + output / width.Stride;
        Int128 row = (Int128)pitch * width.Stride;
        return row <= Array.MaxLength
            ? (int)pitch
            : throw Shapes.Error("input", $"an output row before it is cropped would have {row} elements; the limit is {Array.MaxLength}");
    }
}
