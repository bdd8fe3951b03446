namespace LiveConv.Convolution;

/// <summary>The three axes of a sliding window; those that an operation does not have are <see cref="Axis.Unit"/>.</summary>
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
