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

        return ResponseDispatch.Create(isScaled, IsAbs(filters[0]), width, new Factory(first, windows, scales, stream));
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
        window == Halo.One && Fits16(filter, width);

    // With AVX2 too: over fresh frames two kernels without structure took three quarters of the time streamed.
    private readonly record struct Factory(int First, FusedWindow[] Windows, FusedScale[] Scales, bool Stream) : IResponseStepFactory
    {
        public FilterStep Create<TLanes, TPixels, TSums, TResponse>()
            where TLanes : ILanes<TPixels, TSums>
            where TPixels : struct
            where TSums : unmanaged
            where TResponse : IFusedResponse => Windows.Length == 2
                ? Create<TLanes, TPixels, TSums, TResponse, Constant2>()
                : Create<TLanes, TPixels, TSums, TResponse, Constant1>();

        private WindowStep<FusedPass<TLanes, TPixels, TSums, TResponse, TMaps>> Create<TLanes, TPixels, TSums, TResponse, TMaps>()
            where TLanes : ILanes<TPixels, TSums>
            where TPixels : struct
            where TSums : unmanaged
            where TResponse : IFusedResponse
            where TMaps : IConstant =>
            new(First, new(Windows, Scales), TLanes.Count, Stream && TLanes.Count >= Vector256<byte>.Count);
    }
}
