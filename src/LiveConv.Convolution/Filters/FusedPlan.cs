using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>Which filters can be fused, and how.</summary>
internal static class FusedPlan
{
    /// <summary>How many of the next filters (0 to 2) one fused step can take.</summary>
    public static int CountFrom(ReadOnlySpan<Filter> filters, Halo window)
    {
        if (!CanFuse(filters[0], window))
        {
            return 0;
        }

        bool two = filters.Length > 1 && CanFuse(filters[1], window) && IsAbs(filters[0]) == IsAbs(filters[1]);
        return two ? 2 : 1;
    }

    public static FilterStep Create(int first, ReadOnlySpan<Filter> filters, Halo window, bool stream, VectorWidth width)
    {
        var windows = new FusedWindow[filters.Length];
        var offsets = new short[filters.Length];
        for (int f = 0; f < filters.Length; f++)
        {
            (Kernel kernel, offsets[f]) = Reduce(filters[f]);
            windows[f] = new FusedWindow(kernel, window);
        }

        if (IsAbs(filters[0]) && windows.Length == 2 && GradientPair.Find(windows[0], windows[1]) is { } gradient)
        {
            return GradientPlan.Create(first, gradient, stream, width);
        }

        return IsAbs(filters[0]) ? Create<FusedAbs>(first, windows, offsets, stream, width) : Create<FusedClamp>(first, windows, offsets, stream, width);
    }

    /// <summary>Whether a filter's sums and response fit 16 bits from pixels to pixels.</summary>
    public static bool Fits16(Filter filter)
    {
        // The offset of 128 must fit beside the largest sum: 127 * 255 + 128 does, 128 * 255 + 128 does not.
        KernelBounds bounds = KernelBounds.Of(filter.Kernel.Weights);
        double room = filter.Response == Response.Offset128 ? 1 : 0;
        return filter.Gain == 1 && filter.Kernel.IsInteger && filter.Kernel.LargestMagnitude <= sbyte.MaxValue
            && (bounds with { Positive = bounds.Positive + room }).Fits16;
    }

    /// <summary>The kernel and offset that leave only an absolute value or a clamp to do.</summary>
    public static (Kernel Kernel, short Offset) Reduce(Filter filter) => (
        filter.Response == Response.Negative ? filter.Kernel.Negate() : filter.Kernel,
        (short)(filter.Response == Response.Offset128 ? 128 : 0));

    private static bool IsAbs(Filter filter) => filter.Response == Response.Abs;

    private static bool CanFuse(Filter filter, Halo window) =>
        window is { Width: <= FusedWindow.Side, Height: <= FusedWindow.Side } && Fits16(filter);

    private static FilterStep Create<TResponse>(int first, FusedWindow[] windows, short[] offsets, bool stream, VectorWidth width)
        where TResponse : IFusedResponse => width switch
        {
            VectorWidth.Vector512 when stream => new FusedStep<Lanes512, Vector512<byte>, Lanes512.Sums, TResponse, StreamingStore>(first, windows, offsets),
            VectorWidth.Vector512 => new FusedStep<Lanes512, Vector512<byte>, Lanes512.Sums, TResponse, CachedStore>(first, windows, offsets),
            VectorWidth.Vector256 when stream => new FusedStep<Lanes256, Vector256<byte>, Lanes256.Sums, TResponse, StreamingStore>(first, windows, offsets),
            VectorWidth.Vector256 => new FusedStep<Lanes256, Vector256<byte>, Lanes256.Sums, TResponse, CachedStore>(first, windows, offsets),
            VectorWidth.Vector128 => new FusedStep<Lanes128, Vector128<byte>, Lanes128.Sums, TResponse, CachedStore>(first, windows, offsets),
            _ => new FusedStep<LanesScalar, int, int, TResponse, CachedStore>(first, windows, offsets),
        };
}
