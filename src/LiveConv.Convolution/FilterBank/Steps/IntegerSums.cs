using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// Integer kernels of any size: 8-bit products are added in 16 bits as long as the kernel's own bounds allow, and such
/// runs of taps are added in 32 bits.
/// </summary>
internal sealed unsafe class IntegerSums<TLanes, TPixels, TSums>(TapPairs taps) : SumKernel<int>
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
{
    private readonly TapPair[] pairs = taps.Pairs;
    private readonly TapRun[] runs = taps.Runs;

    public override void Run(in Block block, int x, int* sums)
    {
        short* partial = stackalloc short[Block.Width];
        for (int y = 0; y < block.Count; y++, sums += Block.Width)
        {
            byte** rows = block.Rows + (nint)y * block.RowStep;
            for (int r = 0; r < runs.Length; r++)
            {
                SumRun(rows, block.Column + x, runs[r], partial);
                Widen(partial, sums, add: r > 0);
            }
        }
    }

    [MethodImpl(HotLoop.Options)]
    private void SumRun(byte** rows, nint column, TapRun run, short* partial)
    {
        ReadOnlySpan<TapPair> taps = pairs.AsSpan(run.Start, run.End - run.Start);
        for (int x = 0; x < Block.Width; x += TLanes.Count)
        {
            TLanes.StoreSums(partial + x, TapSum.Of<TLanes, TPixels, TSums>(rows, column + x, taps));
        }
    }

    private static void Widen(short* partial, int* sums, bool add)
    {
        for (int x = 0; x < Block.Width; x += Vector<short>.Count)
        {
            Vector.Widen(Vector.Load(partial + x), out Vector<int> low, out Vector<int> high);
            int* highSums = sums + x + Vector<int>.Count;
            Vector.Store(add ? low + Vector.Load(sums + x) : low, sums + x);
            Vector.Store(add ? high + Vector.Load(highSums) : high, highSums);
        }
    }
}
