namespace LiveConv.Convolution;

/// <summary>Makes the steps of kernels of fractions that single precision suffices for.</summary>
internal static class FloatPlan
{
    /// <summary>The step, or null where its sums might be so far from those in double precision that too many had to be repeated.</summary>
    public static FilterStep? Create(int index, Filter filter, Halo window, VectorWidth width, SumKernel<double> doubles)
    {
        double gain = filter.Response == Response.Negative ? -filter.Gain : filter.Gain;
        var direct = FloatTaps.Direct(filter.Kernel, gain);
        FloatTaps? separable = FloatTaps.Separable(filter.Kernel, gain);
        FloatTaps taps = separable is not null && separable.Cost < direct.Cost && Suffices(separable) ? separable : direct;
        return Suffices(taps)
            ? VectorDispatch.Create<float, Factory, FilterStep>(width, new(index, filter, taps, window, doubles))
            : null;
    }

    /// <summary>
    /// Pixels of a block that may be repeated: a repeated one takes as long as some 20 to 200 others, so that more would take longer than
    /// the whole block in double precision.
    /// </summary>
    public static int MaxUncertain(int weights) => 12 + weights / 3;

    private static bool Suffices(FloatTaps taps) =>
        FloatScaling.UncertainPart(taps.MaxError) * Block.Width * TileRows.Max <= MaxUncertain(taps.Width * taps.Height) / 2;

    private readonly record struct Factory(int Index, Filter Filter, FloatTaps Taps, Halo Window, SumKernel<double> Doubles)
        : IRealLaneFactory<float, FilterStep>
    {
        public FilterStep Create<TLanes, TVector>()
            where TLanes : IRealLanes<float, TVector>
            where TVector : struct => new FloatStep<TLanes, TVector>(Index, Filter, Taps, Window, Doubles);
    }
}
