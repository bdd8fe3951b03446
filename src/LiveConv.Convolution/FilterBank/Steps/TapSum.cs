using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>The sums of a run of taps for one register of outputs.</summary>
internal static unsafe class TapSum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSums Of<TLanes, TPixels, TSums>(byte** rows, nint column, ReadOnlySpan<TapPair> taps)
        where TLanes : ILanes<TPixels, TSums>
        where TPixels : struct
        where TSums : struct
    {
        TSums sum = TLanes.Zero;
        foreach (ref readonly TapPair tap in taps)
        {
            sum = TLanes.Add(sum, TLanes.DotAdjacent(rows[tap.Row] + column + tap.Column, TLanes.Broadcast(tap.Weights)));
        }

        return TLanes.Deinterleave(sum);
    }
}
