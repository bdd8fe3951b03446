namespace LiveConv.Convolution;

/// <summary>Chooses the loop for a number of outputs.</summary>
internal static class BlockedKernel<TLanes, TVector>
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    /// <summary>Outputs that are summed together at most: with 16 registers 12 sums, two weights and an input.</summary>
    public static int MaxOutputs => VectorWidths.Has32Registers ? 14 : 6;

    /// <summary>Whether inputs so many elements apart can be summed together.</summary>
    public static bool HasStep(int step) => step is 1 or 2 or BlockedLayout.Wide or 2 * BlockedLayout.Wide;

    /// <summary>Sums outputs.</summary>
    /// <param name="outputs">How many, from 1 to <see cref="MaxOutputs"/>; 1 where there is no such step.</param>
    /// <param name="step">Elements from an output's input to its neighbour's.</param>
    /// <param name="run">What is summed.</param>
    public static void Run(int outputs, int step, in BlockedRun run)
    {
        switch (step)
        {
            case 1:
                Run<Constant1>(outputs, in run);
                break;
            case 2:
                Run<Constant2>(outputs, in run);
                break;
            case 2 * BlockedLayout.Wide:
                Run<Constant32>(outputs, in run);
                break;
            default:
                Run<Constant16>(outputs, in run);
                break;
        }
    }

    private static void Run<TStep>(int outputs, in BlockedRun run)
        where TStep : struct, IConstant
    {
        switch (outputs)
        {
            case 2:
                BlockedSums<TLanes, TVector, Constant2, TStep>.Run(in run);
                break;
            case 3:
                BlockedSums<TLanes, TVector, Constant3, TStep>.Run(in run);
                break;
            case 4:
                BlockedSums<TLanes, TVector, Constant4, TStep>.Run(in run);
                break;
            case 5:
                BlockedSums<TLanes, TVector, Constant5, TStep>.Run(in run);
                break;
            case 6:
                BlockedSums<TLanes, TVector, Constant6, TStep>.Run(in run);
                break;
            case 7:
                BlockedSums<TLanes, TVector, Constant7, TStep>.Run(in run);
                break;
            case 8:
                BlockedSums<TLanes, TVector, Constant8, TStep>.Run(in run);
                break;
            case 9:
                BlockedSums<TLanes, TVector, Constant9, TStep>.Run(in run);
                break;
            case 10:
                BlockedSums<TLanes, TVector, Constant10, TStep>.Run(in run);
                break;
            case 11:
                BlockedSums<TLanes, TVector, Constant11, TStep>.Run(in run);
                break;
            case 12:
                BlockedSums<TLanes, TVector, Constant12, TStep>.Run(in run);
                break;
            case 13:
                BlockedSums<TLanes, TVector, Constant13, TStep>.Run(in run);
                break;
            case 14:
                BlockedSums<TLanes, TVector, Constant14, TStep>.Run(in run);
                break;
            default:
                BlockedSums<TLanes, TVector, Constant1, TStep>.Run(in run);
                break;
        }
    }
}
