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

        var factory = new Factory(index, new TapPairs(FusedPlan.Reduce(filter), window), FusedScale.Of(filter));
        return ResponseDispatch.Create(filter.Gain != 1, filter.Response == Response.Abs, width, factory);
    }

    private readonly record struct Factory(int Index, TapPairs Taps, FusedScale Scale) : IResponseStepFactory
    {
        public FilterStep Create<TLanes, TPixels, TSums, TResponse>()
            where TLanes : ILanes<TPixels, TSums>
            where TPixels : struct
            where TSums : unmanaged
            where TResponse : IFusedResponse => new TapStep<TLanes, TPixels, TSums, TResponse>(Index, Taps, Scale);
    }
}
