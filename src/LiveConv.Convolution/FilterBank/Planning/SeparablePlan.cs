namespace LiveConv.Convolution;

/// <summary>Finds the integer kernels that are a column times a row, and makes their steps where two passes are faster than one.</summary>
internal static class SeparablePlan
{
    /// <summary>Blocks that a step takes through both passes at once: their input rows and sums stay in a first-level cache.</summary>
    public const int StepBlocks = 16;

    /// <summary>Words of a step's row of sums: its blocks, the widest reach (30), and the one word that may be read beyond it.</summary>
    public const int StepPitch = StepBlocks * Block.Width + BlockReach;

    private const int BlockReach = 32;

    // What a pair of the row, another run of a direct kernel, and what lies between the passes cost, in pairs of taps.
    private const int AlongPair = 2;
    private const int DirectRun = 2;
    private const int BetweenPasses = 4;

    /// <summary>From pixels to pixels in 16-bit sums, or null where another step does it.</summary>
    public static FilterStep? ToPixels(int index, Filter filter, Halo window, VectorWidth width)
    {
        if (!FusedPlan.Fits16(filter, width))
        {
            return null;
        }

        Kernel kernel = FusedPlan.Reduce(filter);
        if (SeparableTaps.Of(kernel, window, StepPitch) is not { } taps || !Pays(kernel, window, taps.Column.Length, taps.Row.Length))
        {
            return null;
        }

        var factory = new StepFactory(index, taps, FusedScale.Of(filter));
        return ResponseDispatch.Create(filter.Gain != 1, filter.Response == Response.Abs, width, factory);
    }

    /// <summary>32-bit sums, or null where another kernel of sums does it.</summary>
    public static SumKernel<int>? ToSums(Kernel kernel, Halo window, VectorWidth width)
    {
        // Block by block the reach costs a register more down the columns.
        if (SeparableTaps.Of(kernel, window, Block.Width + BlockReach) is not { } taps
            || !Pays(kernel, window, 2 * taps.Column.Length, taps.Row.Length))
        {
            return null;
        }

        return VectorDispatch.Create<SumsFactory, SumKernel<int>>(width, new(taps));
    }

    // Counted in pairs of taps over a block. With AVX-512 at 1080p two passes are faster from 5x5 (1.2 times), 6x6 and 7x3 on; 4x4, 5x3,
    // 3x7, 9x1, single rows and kernels of mostly zeros are faster tap by tap. Narrower vectors gain sooner, by up to a half.
    private static bool Pays(Kernel kernel, Halo window, int down, int along)
    {
        // Tap by tap such weights would need double precision.
        if (kernel.LargestMagnitude > FilterPlan.MaxSplitWeight)
        {
            return true;
        }

        var direct = new TapPairs(kernel, window);
        return direct.Pairs.Length + DirectRun * (direct.Runs.Length - 1) > down + AlongPair * along + BetweenPasses;
    }

    private readonly record struct StepFactory(int Index, SeparableTaps Taps, FusedScale Scale) : IResponseStepFactory
    {
        public FilterStep Create<TLanes, TPixels, TSums, TResponse>()
            where TLanes : ILanes<TPixels, TSums>
            where TPixels : struct
            where TSums : unmanaged
            where TResponse : IFusedResponse => new SeparableStep<TLanes, TPixels, TSums, TResponse>(Index, Taps, Scale);
    }

    private readonly record struct SumsFactory(SeparableTaps Taps) : ILaneFactory<SumKernel<int>>
    {
        public SumKernel<int> Create<TLanes, TPixels, TSums>()
            where TLanes : ILanes<TPixels, TSums>
            where TPixels : struct
            where TSums : unmanaged => new SeparableSums<TLanes, TPixels, TSums>(Taps);
    }
}
