using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>Makes the step of a gradient pair for its smoothing, its stores and the machine's vectors.</summary>
internal static class GradientPlan
{
    public static FilterStep Create(int first, GradientPair pair, bool stream, VectorWidth width) =>
        pair is { Side: 1, Centre: 1 } ? Create<PrewittGradient>(first, pair, stream, width)
        : pair.Centre == 2 * pair.Side ? Create<SobelGradient>(first, pair, stream, width)
        : Create<AnyGradient>(first, pair, stream, width);

    private static FilterStep Create<TGradient>(int first, GradientPair pair, bool stream, VectorWidth width)
        where TGradient : IGradient => VectorDispatch.Create<Factory<TGradient>, FilterStep>(width, new(first, pair, stream));

    // With AVX2 too: over fresh frames a Sobel pair took three quarters of the time streamed, a Scharr pair half.
    private readonly record struct Factory<TGradient>(int First, GradientPair Pair, bool Stream) : ILaneFactory<FilterStep>
        where TGradient : IGradient
    {
        public FilterStep Create<TLanes, TPixels, TSums>()
            where TLanes : ILanes<TPixels, TSums>
            where TPixels : struct
            where TSums : unmanaged => new WindowStep<GradientPass<TLanes, TPixels, TSums, TGradient>>(
                First, new(Pair), TLanes.Count, Stream && TLanes.Count >= Vector256<byte>.Count);
    }
}
