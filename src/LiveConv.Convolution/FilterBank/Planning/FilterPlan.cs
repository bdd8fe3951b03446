using System.Numerics;
using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>Compiles the filters of a bank into steps: 3x3 kernels fused in pairs, everything else one by one.</summary>
internal static class FilterPlan
{
    // Beyond this a weight would be split into so many taps that double precision is cheaper.
    public const float MaxSplitWeight = 8 * sbyte.MaxValue;

    /// <summary>Steps that write 8-bit maps.</summary>
    public static FilterStep[] ToPixels(Filter[] given, Halo window, FilterBankOptions options, VectorWidth width)
    {
        ReadOnlySpan<Filter> filters = Array.ConvertAll(given, CommonFactor.NormalizeToIntegers);
        var steps = new List<FilterStep>();
        for (int f = 0; f < filters.Length;)
        {
            int fused = options is { StrideX: 1, StrideY: 1 } ? FusedPlan.CountFrom(filters[f..], window, width) : 0;
            steps.Add(
                fused > 0
                    ? FusedPlan.Create(f, filters.Slice(f, fused), window, options.StreamMaps, width)
                    : Single(f, filters[f], window, options, width));
            f += Math.Max(fused, 1);
        }

        return [.. steps];
    }

    /// <summary>Steps that write the sums themselves, or add them to what is there.</summary>
    public static FilterStep[] ToRaw<TOut>(
        ReadOnlySpan<Filter> filters, Halo window, FilterBankOptions options, VectorWidth width, bool[]? adds)
        where TOut : unmanaged, INumber<TOut>
    {
        var steps = new FilterStep[filters.Length];
        for (int f = 0; f < steps.Length; f++)
        {
            steps[f] = Raw<TOut>(f, filters[f].Kernel, window, options, width, adds is not null && adds[f]);
        }

        return steps;
    }

    private static FilterStep Raw<TOut>(int index, Kernel kernel, Halo window, FilterBankOptions options, VectorWidth width, bool adds)
        where TOut : unmanaged, INumber<TOut>
    {
        bool isShort = options is { StrideX: 1, StrideY: 1 } && kernel.IsInteger && KernelBounds.Of(kernel.Weights).Fits16;
        if (isShort && (typeof(TOut) == typeof(short) || SeparablePlan.ToSums(kernel, window, width) is null))
        {
            return ShortSums<TOut>(index, new TapPairs(kernel, window), width, adds);
        }

        return IntegerSums(kernel, window, width) is { } sums
            ? new SumStep<int>(index, sums, new RawWriter<int, TOut>(adds))
            : new SumStep<double>(index, new DoubleSums(kernel, window, options.StrideY), new RawWriter<double, TOut>(adds));
    }

    private static FilterStep ShortSums<TOut>(int index, TapPairs taps, VectorWidth width, bool adds)
        where TOut : unmanaged, INumber<TOut> => width switch
        {
            VectorWidth.Vector512 => new ShortSumStep<Lanes512, Vector512<byte>, Lanes512.Sums, TOut>(index, taps, adds),
            VectorWidth.Vector256 => new ShortSumStep<Lanes256, Vector256<byte>, Lanes256.Sums, TOut>(index, taps, adds),
            VectorWidth.Vector128 => new ShortSumStep<Lanes128, Vector128<byte>, Lanes128.Sums, TOut>(index, taps, adds),
            _ => new ShortSumStep<LanesScalar, int, int, TOut>(index, taps, adds),
        };

    private static FilterStep Single(int index, Filter filter, Halo window, FilterBankOptions options, VectorWidth width)
    {
        if (options is { StrideX: 1, StrideY: 1 }
            && (SeparablePlan.ToPixels(index, filter, window, width) ?? TapPlan.Create(index, filter, window, width)) is { } direct)
        {
            return direct;
        }

        return IntegerSums(filter.Kernel, window, width) is { } sums
            ? new SumStep<int>(index, sums, new PixelWriter<int>(filter))
            : new SumStep<double>(index, new DoubleSums(filter.Kernel, window, options.StrideY), new PixelWriter<double>(filter));
    }

    private static SumKernel<int>? IntegerSums(Kernel kernel, Halo window, VectorWidth width)
    {
        if (SeparablePlan.ToSums(kernel, window, width) is { } separable)
        {
            return separable;
        }

        if (!kernel.IsInteger || !KernelBounds.Of(kernel.Weights).Fits32 || kernel.LargestMagnitude > MaxSplitWeight)
        {
            return null;
        }

        var taps = new TapPairs(kernel, window);
        return width switch
        {
            VectorWidth.Vector512 => new IntegerSums<Lanes512, Vector512<byte>, Lanes512.Sums>(taps),
            VectorWidth.Vector256 => new IntegerSums<Lanes256, Vector256<byte>, Lanes256.Sums>(taps),
            VectorWidth.Vector128 => new IntegerSums<Lanes128, Vector128<byte>, Lanes128.Sums>(taps),
            _ => new IntegerSums<LanesScalar, int, int>(taps),
        };
    }
}
