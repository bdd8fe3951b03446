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
    private const int MaxSide = 16384;

    public static readonly SizeRange Any = new(1, 1, MaxSide, MaxSide, 1, 1);

    /// <summary>One size.</summary>
    public SizeRange(int width, int height)
        : this(width, height, width, height, 1, 1)
    {
    }

    /// <summary>
    /// The sizes between two corners as a device states them, in whatever order; null when they hold no image. A side that is zero
    /// or beyond all cameras is unstated.
    /// </summary>
    public static SizeRange? Between(
        (long Width, long Height) one, (long Width, long Height) other, long stepWidth = 1, long stepHeight = 1) =>
        Sides(one.Width, other.Width) is { } widths && Sides(one.Height, other.Height) is { } heights
            ? new SizeRange(
                widths.Min, heights.Min, widths.Max, heights.Max,
                (int)Math.Clamp(stepWidth, 1, MaxSide), (int)Math.Clamp(stepHeight, 1, MaxSide))
            : null;

    public bool IsOne => MinWidth == MaxWidth && MinHeight == MaxHeight;

    /// <summary>The smallest and the largest size, or the only one.</summary>
    public IEnumerable<SizeRange> Ends => IsOne ? [this] : [new(MinWidth, MinHeight), new(MaxWidth, MaxHeight)];

    /// <summary>The size nearest to a request.</summary>
    public (int Width, int Height) Nearest(int width, int height) =>
        (Step(width, MinWidth, MaxWidth, StepWidth), Step(height, MinHeight, MaxHeight, StepHeight));

    public override string ToString() => IsOne
        ? FormattableString.Invariant($"{MinWidth}x{MinHeight}")
        : FormattableString.Invariant($"{MinWidth}x{MinHeight} to {MaxWidth}x{MaxHeight} by {StepWidth}x{StepHeight}");

    private static (int Min, int Max)? Sides(long one, long other)
    {
        (long min, long max) = (Math.Min(one, other), Math.Max(one, other));
        return max <= 0 || min > MaxSide ? null : ((int)Math.Max(1, min), (int)Math.Min(MaxSide, max));
    }

    private static int Step(int request, int min, int max, int step)
    {
        int inside = Math.Clamp(request, min, max) - min;
        return min + (int)Math.Min((inside + (step / 2L)) / step * step, (max - min) / step * (long)step);
    }
}

/// <summary>One rate, or all rates from a slowest to a fastest, in frames per second.</summary>
internal readonly record struct RateRange(double Min, double Max)
{
    // Interfaces count intervals in units of 100 ns or more: none states a higher rate.
    private const double MaxFps = 1e7;

    /// <summary>
    /// The rates between two that a device states, in whatever order; null when it states none. A rate that is no number above zero is
    /// unstated, and that end open: 0, or the highest rate.
    /// </summary>
    public static RateRange? Between(double min, double max) => (IsRate(min), IsRate(max)) switch
    {
        (true, true) => new(Math.Min(Math.Min(min, max), MaxFps), Math.Min(Math.Max(min, max), MaxFps)),
        (true, false) => new(Math.Min(min, MaxFps), MaxFps),
        (false, true) => new(0, Math.Min(max, MaxFps)),
        _ => null,
    };

    /// <summary>No highest rate is stated.</summary>
    public bool IsOpen => Max >= MaxFps;

    /// <summary>The rate nearest to a request.</summary>
    public double Nearest(double fps) => Math.Clamp(fps, Min, Max);

    public override string ToString() => Min == Max ? Text(Min) : $"{Text(Min)} to {Text(Max)}";

    private static bool IsRate(double fps) => fps > 0 && double.IsFinite(fps);

    private static string Text(double fps) => FormattableString.Invariant($"{fps:0.###}");
}
