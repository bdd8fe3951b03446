using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>Which filters can be fused, and how.</summary>
internal static class FusedPlan
{
    /// <summary>How many of the next filters (0 to 2) one fused step can take.</summary>
    public static int CountFrom(ReadOnlySpan<Filter> filters, Halo window, VectorWidth width)
    {
        if (!CanFuse(filters[0], window, width))
        {
            return 0;
        }

        bool two = filters.Length > 1 && CanFuse(filters[1], window, width) && IsAbs(filters[0]) == IsAbs(filters[1]);
        return two ? 2 : 1;
    }

    public static FilterStep Create(int first, ReadOnlySpan<Filter> filters, Halo window, bool stream, VectorWidth width)
    {
        var windows = new FusedWindow[filters.Length];
        var scales = new FusedScale[filters.Length];
        bool isScaled = false;
        for (int f = 0; f < filters.Length; f++)
        {
            windows[f] = new FusedWindow(Reduce(filters[f]), window);
            scales[f] = FusedScale.Of(filters[f]);
            isScaled |= filters[f].Gain != 1;
        }

        if (!isScaled && IsAbs(filters[0]) && windows.Length == 2 && GradientPair.Find(windows[0], windows[1]) is { } gradient)
        {
            return GradientPlan.Create(first, gradient, stream, width);
        }

        return (isScaled, IsAbs(filters[0])) switch
        {
            (false, true) => Create<FusedAbs>(first, windows, scales, stream, width),
            (false, false) => Create<FusedClamp>(first, windows, scales, stream, width),
            (true, true) => Create<ScaledAbs>(first, windows, scales, stream, width),
            (true, false) => Create<ScaledClamp>(first, windows, scales, stream, width),
        };
    }

    /// <summary>Whether a filter's sums and response fit 16 bits from pixels to pixels.</summary>
    public static bool Fits16(Filter filter, VectorWidth width)
    {
        // The offset of 128 must fit beside the largest sum: 127 * 255 + 128 does, 128 * 255 + 128 does not.
        KernelBounds bounds = KernelBounds.Of(filter.Kernel.Weights);
        double room = filter.Response == Response.Offset128 ? 1 : 0;
        return FusedScale.Fits(filter.Gain, width) && filter.Kernel.IsInteger && filter.Kernel.LargestMagnitude <= sbyte.MaxValue
            && (bounds with { Positive = bounds.Positive + room }).Fits16;
    }

    /// <summary>The kernel that leaves only an absolute value or a clamp to do.</summary>
    public static Kernel Reduce(Filter filter) => filter.Response == Response.Negative ? filter.Kernel.Negate() : filter.Kernel;

    private static bool IsAbs(Filter filter) => filter.Response == Response.Abs;

    private static bool CanFuse(Filter filter, Halo window, VectorWidth width) =>
        window is { Width: <= FusedWindow.Side, Height: <= FusedWindow.Side } && Fits16(filter, width);

    // With AVX2 too: over fresh frames two kernels without structure took three quarters of the time streamed.
    private static FilterStep Create<TResponse>(int first, FusedWindow[] windows, FusedScale[] scales, bool stream, VectorWidth width)
        where TResponse : IFusedResponse => width switch
        {
            VectorWidth.Vector512 when stream =>
                new FusedStep<Lanes512, Vector512<byte>, Lanes512.Sums, TResponse, StreamingStore>(first, windows, scales),
            VectorWidth.Vector512 =>
                new FusedStep<Lanes512, Vector512<byte>, Lanes512.Sums, TResponse, CachedStore>(first, windows, scales),
            VectorWidth.Vector256 when stream =>
                new FusedStep<Lanes256, Vector256<byte>, Lanes256.Sums, TResponse, StreamingStore>(first, windows, scales),
            VectorWidth.Vector256 =>
                new FusedStep<Lanes256, Vector256<byte>, Lanes256.Sums, TResponse, CachedStore>(first, windows, scales),
            VectorWidth.Vector128 =>
                new FusedStep<Lanes128, Vector128<byte>, Lanes128.Sums, TResponse, CachedStore>(first, windows, scales),
            _ => new FusedStep<LanesScalar, int, int, TResponse, CachedStore>(first, windows, scales),
        };
}
