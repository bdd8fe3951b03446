namespace LiveConv.Convolution;

/// <summary>Sums a whole group of output channels, in as many parts as two registers leave.</summary>
internal static unsafe class BlockedParts<TLanes, TVector>
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    /// <summary>Sums outputs.</summary>
    /// <param name="outputs">How many.</param>
    /// <param name="step">Elements from an output's input to its neighbour's.</param>
    /// <param name="run">The group's first channel; the pair is the next block of channels.</param>
    public static void Run(int outputs, int step, BlockedRun run)
    {
        if (TLanes.Count == BlockedLayout.Wide)
        {
            BlockedKernel<TLanes, TVector>.Run(outputs, step, in run);
            return;
        }

        (nint pair, nint addendPair, nint weightPair, bool hasPair) = (run.TargetPair, run.AddendPair, run.WeightPair, run.HasPair);
        (run.TargetPair, run.AddendPair, run.WeightPair, run.HasPair) = (TLanes.Count, TLanes.Count, TLanes.Count, true);
        for (int block = 0; block < (hasPair ? 2 : 1); block++)
        {
            BlockedRun part = run;
            int together = Math.Min(2 * TLanes.Count, BlockedLayout.Wide);
            for (int channel = 0; channel < BlockedLayout.Wide; channel += together)
            {
                BlockedKernel<TLanes, TVector>.Run(outputs, step, in part);
                part.Weights += together;
                part.Start += together;
                part.Target += together;
                part.TargetNext += together;
                part.Addend += part.Addend == null ? 0 : together;
                part.AddendNext += part.Addend == null ? 0 : together;
            }

            run.Weights += weightPair;
            run.Start += BlockedLayout.Wide;
            run.Target += pair;
            run.TargetNext += pair;
            run.Addend += run.Addend == null ? 0 : addendPair;
            run.AddendNext += run.Addend == null ? 0 : addendPair;
        }
    }
}
