using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>Makes the step of a gradient pair for its smoothing, its stores and the machine's vectors.</summary>
internal static class GradientPlan
{
    public static FilterStep Create(int first, GradientPair pair, bool stream, VectorWidth width) =>
        pair is { Side: 1, Centre: 1 } ? Create<PrewittGradient>(first, pair, stream, width)
        : pair.Centre == 2 * pair.Side ? Create<SobelGradient>(first, pair, stream, width)
        : Create<AnyGradient>(first, pair, stream, width);

    // Streaming pays only where a cache line is one store: with AVX2 a Sobel pair over fresh frames took 1.4 times as long streamed.
    private static FilterStep Create<TGradient>(int first, GradientPair pair, bool stream, VectorWidth width)
        where TGradient : IGradient => width switch
        {
            VectorWidth.Vector512 when stream => new StreamedGradientStep<Lanes512, Vector512<byte>, Lanes512.Sums, TGradient>(first, pair),
            VectorWidth.Vector512 => new GradientStep<Lanes512, Vector512<byte>, Lanes512.Sums, TGradient, CachedStore>(first, pair),
            VectorWidth.Vector256 => new GradientStep<Lanes256, Vector256<byte>, Lanes256.Sums, TGradient, CachedStore>(first, pair),
            VectorWidth.Vector128 => new GradientStep<Lanes128, Vector128<byte>, Lanes128.Sums, TGradient, CachedStore>(first, pair),
            _ => new GradientStep<LanesScalar, int, int, TGradient, CachedStore>(first, pair),
        };
}
