namespace LiveConv.Convolution;

/// <summary>Makes a step that goes from pixels to pixels in registers, for one width and one response.</summary>
internal interface IResponseStepFactory
{
    FilterStep Create<TLanes, TPixels, TSums, TResponse>()
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : unmanaged
        where TResponse : IFusedResponse;
}

/// <summary>The only place that turns a gain and a response into the type that is compiled for them.</summary>
internal static class ResponseDispatch
{
    public static FilterStep Create<TFactory>(bool isScaled, bool isAbs, VectorWidth width, TFactory factory)
        where TFactory : struct, IResponseStepFactory => (isScaled, isAbs) switch
        {
            (false, true) => Create<TFactory, FusedAbs>(width, factory),
            (false, false) => Create<TFactory, FusedClamp>(width, factory),
            (true, true) => Create<TFactory, ScaledAbs>(width, factory),
            (true, false) => Create<TFactory, ScaledClamp>(width, factory),
        };

    private static FilterStep Create<TFactory, TResponse>(VectorWidth width, TFactory factory)
        where TFactory : struct, IResponseStepFactory
        where TResponse : IFusedResponse => VectorDispatch.Create<ForResponse<TFactory, TResponse>, FilterStep>(width, new(factory));

    private readonly struct ForResponse<TFactory, TResponse>(TFactory factory) : ILaneFactory<FilterStep>
        where TFactory : struct, IResponseStepFactory
        where TResponse : IFusedResponse
    {
        public FilterStep Create<TLanes, TPixels, TSums>()
            where TLanes : ILanes<TPixels, TSums>
            where TPixels : struct
            where TSums : unmanaged => factory.Create<TLanes, TPixels, TSums, TResponse>();
    }
}
