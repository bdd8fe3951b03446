using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>Makes the step of a kernel that goes from pixels to pixels in 16 bits.</summary>
internal static class TapPlan
{
    /// <summary>The step, or null when the filter needs more than 16 bits or a gain.</summary>
    public static FilterStep? Create(int index, Filter filter, Halo window, VectorWidth width)
    {
        if (!FusedPlan.Fits16(filter))
        {
            return null;
        }

        (Kernel kernel, short offset) = FusedPlan.Reduce(filter);
        var taps = new TapPairs(kernel, window);
        return filter.Response == Response.Abs ? Create<FusedAbs>(index, taps, offset, width) : Create<FusedClamp>(index, taps, offset, width);
    }

    private static FilterStep Create<TResponse>(int index, TapPairs taps, short offset, VectorWidth width)
        where TResponse : IFusedResponse => width switch
        {
            VectorWidth.Vector512 => new TapStep<Lanes512, Vector512<byte>, Lanes512.Sums, TResponse>(index, taps, offset),
            VectorWidth.Vector256 => new TapStep<Lanes256, Vector256<byte>, Lanes256.Sums, TResponse>(index, taps, offset),
            VectorWidth.Vector128 => new TapStep<Lanes128, Vector128<byte>, Lanes128.Sums, TResponse>(index, taps, offset),
            _ => new TapStep<LanesScalar, int, int, TResponse>(index, taps, offset),
        };
}
