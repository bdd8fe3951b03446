using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// A row of a convolution of every channel with a kernel of its own, eight outputs at a time. Every output is its bias plus its products,
/// added row by row and left to right, then the addend.
/// </summary>
internal readonly unsafe struct BlockedDepthwiseRow<TLanes, TVector>(BlockedTensor input, BlockedTensor output, BlockedTensor? addend)
    : IBlockedRow
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    private const int Block = BlockedLayout.Wide;
    private const int Together = 8;

    public required BlockedWeights Weights { get; init; }

    /// <summary>The first output's input at the window's first tap.</summary>
    public required float* Source { get; init; }

    public required int RowStride { get; init; }

    public required int ColumnStride { get; init; }

    public required int* Offsets { get; init; }

    public required int Taps { get; init; }

    public required bool HasRelu { get; init; }

    public BlockedLayout Output => output.Layout;

    public void Run(int block, int row)
    {
        int step = ColumnStride * Block;
        int width = output.Layout.Width;
        for (int lane = 0; lane < Block; lane += TLanes.Count)
        {
            float* source = Source + block * input.Layout.BlockPitch + (nint)row * RowStride * input.Layout.RowPitch + lane;
            float* weights = Weights.Values + block * Weights.BlockPitch + lane;
            float* target = output.Origin + output.Layout.Offset(block * Block, row, 0) + lane;
            TVector start = TLanes.Load(Weights.Biases + block * Block + lane);
            for (int x = 0; x < width; x += Together)
            {
                // The last ones stand flush with the row's end, over a part of their neighbours.
                int at = Math.Max(0, Math.Min(x, width - Together));
                float* to = target + (nint)at * Block;
                if (width >= Together)
                {
                    Eight(source + (nint)at * step, step, weights, Offsets, Taps, start, to);
                    continue;
                }

                for (int i = 0; i < width; i++)
                {
                    One(source + (nint)i * step, weights, Offsets, Taps, start, to + (nint)i * Block);
                }
            }

            Finish(block, row, lane);
        }
    }

    private void Finish(int block, int row, int lane)
    {
        if (addend is null && !HasRelu)
        {
            return;
        }

        float* target = output.Origin + output.Layout.Offset(block * Block, row, 0) + lane;
        float* more = addend is null ? null : addend.Origin + addend.Layout.Offset(block * Block, row, 0) + lane;
        for (nint i = 0; i < (nint)output.Layout.Width * Block; i += Block)
        {
            TVector value = TLanes.Load(target + i);
            value = more == null ? value : TLanes.Add(value, TLanes.Load(more + i));
            TLanes.Store(target + i, HasRelu ? TLanes.Max(value, TLanes.Broadcast(0)) : value);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void One(float* source, float* weights, int* offsets, int taps, TVector start, float* target)
    {
        for (int* end = offsets + taps; offsets < end; offsets++, weights += Block)
        {
            start = TLanes.MultiplyAdd(TLanes.Load(source + *offsets), TLanes.Load(weights), start);
        }

        TLanes.Store(target, start);
    }

    [MethodImpl(HotLoop.Options)]
    private static void Eight(float* source, nint step, float* weights, int* offsets, int taps, TVector start, float* target)
    {
        TVector s0 = start, s1 = start, s2 = start, s3 = start, s4 = start, s5 = start, s6 = start, s7 = start;
        nint three = 3 * step;
        for (int* end = offsets + taps; offsets < end; offsets++, weights += Block)
        {
            TVector weight = TLanes.Load(weights);
            float* x = source + *offsets;
            float* y = x + 4 * step;
            s0 = TLanes.MultiplyAdd(TLanes.Load(x), weight, s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(x + step), weight, s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(x + 2 * step), weight, s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(x + three), weight, s3);
            s4 = TLanes.MultiplyAdd(TLanes.Load(y), weight, s4);
            s5 = TLanes.MultiplyAdd(TLanes.Load(y + step), weight, s5);
            s6 = TLanes.MultiplyAdd(TLanes.Load(y + 2 * step), weight, s6);
            s7 = TLanes.MultiplyAdd(TLanes.Load(y + three), weight, s7);
        }

        TLanes.Store(target, s0);
        TLanes.Store(target + Block, s1);
        TLanes.Store(target + 2 * Block, s2);
        TLanes.Store(target + 3 * Block, s3);
        TLanes.Store(target + 4 * Block, s4);
        TLanes.Store(target + 5 * Block, s5);
        TLanes.Store(target + 6 * Block, s6);
        TLanes.Store(target + 7 * Block, s7);
    }
}
