namespace LiveConv.Convolution;

/// <summary>The three axes of a sliding window; missing ones are <see cref="Axis.Unit"/>.</summary>
internal readonly record struct Window(Axis Depth, Axis Height, Axis Width)
{
    public long InputLength => (long)Depth.Input * Height.Input * Width.Input;

    public long OutputLength => (long)Depth.Output * Height.Output * Width.Output;

    public int Taps => checked(Depth.Kernel * Height.Kernel * Width.Kernel);

    /// <summary>The window over the last axes of a shape.</summary>
    public static Window Of(ReadOnlySpan<Axis> axes) => axes.Length switch
    {
        1 => new(Axis.Unit, Axis.Unit, axes[0]),
        2 => new(Axis.Unit, axes[0], axes[1]),
        _ => new(axes[0], axes[1], axes[2]),
    };
}

/// <summary>One axis of a sliding window: what goes in, what slides over it, and what comes out.</summary>
/// <param name="Input">Input length.</param>
/// <param name="Kernel">Kernel length.</param>
/// <param name="Stride">Step of the window.</param>
/// <param name="Dilation">Distance between two taps.</param>
/// <param name="Before">Padding before the first element.</param>
/// <param name="After">Padding after the last element.</param>
internal readonly record struct Axis(int Input, int Kernel, int Stride, int Dilation, int Before, int After)
{
    /// <summary>An axis of length 1, for operations over fewer axes.</summary>
    public static Axis Unit => new(1, 1, 1, 1, 0, 0);

    public int Output => OutputSize.Convolution(Input, Kernel, Stride, Before, After, Dilation);

    public int Padded => checked(Input + Before + After);
}
