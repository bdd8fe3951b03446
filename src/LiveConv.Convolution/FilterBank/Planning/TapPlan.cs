using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>Makes the step of a kernel that goes from pixels to pixels in 16 bits.</summary>
internal static class TapPlan
{
    /// <summary>The step, or null when the filter needs more than 16 bits, or a gain that they are not scaled by in registers.</summary>
    public static FilterStep? Create(int index, Filter filter, Halo window, VectorWidth width)
    {
        if (!FusedPlan.Fits16(filter, width))
        {
            return null;
        }

        Kernel kernel = FusedPlan.Reduce(filter);
        var taps = new TapPairs(kernel, window);
        var scale = FusedScale.Of(filter);
        return (filter.Gain == 1, filter.Response == Response.Abs) switch
        {
            (true, true) => Create<FusedAbs>(index, taps, scale, width),
            (true, false) => Create<FusedClamp>(index, taps, scale, width),
            (false, true) => Create<ScaledAbs>(index, taps, scale, width),
            (false, false) => Create<ScaledClamp>(index, taps, scale, width),
        };
    }

    private static FilterStep Create<TResponse>(int index, TapPairs taps, FusedScale scale, VectorWidth width)
        where TResponse : IFusedResponse => width switch
        {
            VectorWidth.Vector512 => new TapStep<Lanes512, Vector512<byte>, Lanes512.Sums, TResponse>(index, taps, scale),
            VectorWidth.Vector256 => new TapStep<Lanes256, Vector256<byte>, Lanes256.Sums, TResponse>(index, taps, scale),
            VectorWidth.Vector128 => new TapStep<Lanes128, Vector128<byte>, Lanes128.Sums, TResponse>(index, taps, scale),
            _ => new TapStep<LanesScalar, int, int, TResponse>(index, taps, scale),
        };
}
