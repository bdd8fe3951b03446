namespace LiveConv.Media;

/// <summary>Images of one format in one size (or a range of sizes), with their rates.</summary>
/// <param name="Code">Pixel format.</param>
/// <param name="Description">The driver's name for the format.</param>
/// <param name="Size">The sizes.</param>
/// <param name="Rates">The rates for that size, fastest first; empty when the device does not list them.</param>
internal sealed record CameraMode(FourCc Code, string Description, SizeRange Size, IReadOnlyList<RateRange> Rates);

/// <summary>One size, or all sizes from a smallest to a largest in steps.</summary>
internal readonly record struct SizeRange(int MinWidth, int MinHeight, int MaxWidth, int MaxHeight, int StepWidth, int StepHeight)
{
    public static readonly SizeRange Any = new(1, 1, 16384, 16384, 1, 1);

    /// <summary>One size.</summary>
    public SizeRange(int width, int height)
        : this(width, height, width, height, 1, 1)
    {
    }

    public bool IsOne => MinWidth == MaxWidth && MinHeight == MaxHeight;

    /// <summary>The size nearest to a request.</summary>
    public (int Width, int Height) Nearest(int width, int height) =>
        (Step(width, MinWidth, MaxWidth, StepWidth), Step(height, MinHeight, MaxHeight, StepHeight));

    public override string ToString() => IsOne
        ? FormattableString.Invariant($"{MinWidth}x{MinHeight}")
        : FormattableString.Invariant($"{MinWidth}x{MinHeight} to {MaxWidth}x{MaxHeight} by {StepWidth}x{StepHeight}");

    private static int Step(int request, int min, int max, int step)
    {
        int inside = Math.Clamp(request, min, max) - min;
        return min + (int)Math.Min((inside + (step / 2L)) / step * step, (max - min) / step * (long)step);
    }
}

/// <summary>One rate, or all rates from a slowest to a fastest, in frames per second.</summary>
internal readonly record struct RateRange(double Min, double Max)
{
    /// <summary>The rate nearest to a request.</summary>
    public double Nearest(double fps) => Math.Clamp(fps, Min, Max);

    public override string ToString() => Min == Max ? Text(Min) : $"{Text(Min)} to {Text(Max)}";

    private static string Text(double fps) => FormattableString.Invariant($"{fps:0.###}");
}
