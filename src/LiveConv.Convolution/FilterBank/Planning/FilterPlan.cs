using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Compiles the filters of a bank into steps: 3x3 kernels fused in pairs, everything else one by one.</summary>
internal static class FilterPlan
{
    // Beyond this a weight would be split into so many taps that double precision is cheaper.
    public const float MaxSplitWeight = 8 * sbyte.MaxValue;

    /// <summary>Steps that write 8-bit maps.</summary>
    public static FilterStep[] ToPixels(Filter[] given, Halo window, FilterBankOptions options, VectorWidth width, bool stream)
    {
        ReadOnlySpan<Filter> filters = Array.ConvertAll(given, CommonFactor.NormalizeToIntegers);
        var steps = new List<FilterStep>();
        for (int f = 0; f < filters.Length;)
        {
            int fused = options is { StrideX: 1, StrideY: 1 } ? FusedPlan.CountFrom(filters[f..], window, width) : 0;
            steps.Add(
                fused > 0
                    ? FusedPlan.Create(f, filters.Slice(f, fused), window, stream, width)
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
            return VectorDispatch.Create<ShortSumFactory<TOut>, FilterStep>(width, new(index, new TapPairs(kernel, window), adds));
        }

        return IntegerSums(kernel, window, width) is { } sums
            ? new SumStep<int>(index, sums, new RawWriter<int, TOut>(adds))
            : new SumStep<double>(index, DoubleSums(kernel, window, options, width), new RawWriter<double, TOut>(adds));
    }

    private static FilterStep Single(int index, Filter filter, Halo window, FilterBankOptions options, VectorWidth width)
    {
        if (options is { StrideX: 1, StrideY: 1 }
            && (SeparablePlan.ToPixels(index, filter, window, width) ?? TapPlan.Create(index, filter, window, width)) is { } direct)
        {
            return direct;
        }

        if (IntegerSums(filter.Kernel, window, width) is { } sums)
        {
            return new SumStep<int>(index, sums, new PixelWriter<int>(filter));
        }

        SumKernel<double> doubles = DoubleSums(filter.Kernel, window, options, width);
        return (options is { StrideX: 1, StrideY: 1 } ? FloatPlan.Create(index, filter, window, width, doubles) : null)
            ?? new SumStep<double>(index, doubles, new PixelWriter<double>(filter));
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

        return VectorDispatch.Create<IntegerSumsFactory, SumKernel<int>>(width, new(new TapPairs(kernel, window)));
    }

    private static SumKernel<double> DoubleSums(Kernel kernel, Halo window, FilterBankOptions options, VectorWidth width) =>
        VectorDispatch.Create<double, DoubleSumsFactory, SumKernel<double>>(width, new(kernel, window, options.StrideY));

    private readonly record struct ShortSumFactory<TOut>(int Index, TapPairs Taps, bool Adds) : ILaneFactory<FilterStep>
        where TOut : unmanaged, INumber<TOut>
    {
        public FilterStep Create<TLanes, TPixels, TSums>()
            where TLanes : ILanes<TPixels, TSums>
            where TPixels : struct
            where TSums : unmanaged => new ShortSumStep<TLanes, TPixels, TSums, TOut>(Index, Taps, Adds);
    }

    private readonly record struct IntegerSumsFactory(TapPairs Taps) : ILaneFactory<SumKernel<int>>
    {
        public SumKernel<int> Create<TLanes, TPixels, TSums>()
            where TLanes : ILanes<TPixels, TSums>
            where TPixels : struct
            where TSums : unmanaged => new IntegerSums<TLanes, TPixels, TSums>(Taps);
    }

    private readonly record struct DoubleSumsFactory(Kernel Kernel, Halo Window, int RowStep) : IRealLaneFactory<double, SumKernel<double>>
    {
        public SumKernel<double> Create<TLanes, TVector>()
            where TLanes : IRealLanes<double, TVector>
            where TVector : struct => new DoubleSums<TLanes, TVector>(Kernel, Window, RowStep);
    }
}
