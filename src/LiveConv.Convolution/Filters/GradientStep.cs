using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// A gradient pair in one pass: of each input row only the difference and the smoothed sum of its neighbours are
/// computed, once, and roll down the block.
/// </summary>
internal sealed unsafe class GradientStep<TLanes, TPixels, TSums, TGradient, TStore>(int first, GradientPair pair) : FilterStep(first, 2)
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
    where TGradient : IGradient
    where TStore : IMapStore
{
    public override void Run(in Block block, Target* targets)
    {
        Target vertical = targets[pair.VerticalEdgesFirst ? 0 : 1];
        Target horizontal = targets[pair.VerticalEdgesFirst ? 1 : 0];
        int walk = TStore.WalkRows(TLanes.Count, block.Count);
        for (int y = 0; y < block.Count; y += walk)
        {
            RunColumns(block.Rows + y, block.Column, block.Blocks * Block.Width, Math.Min(walk, block.Count - y), block.Ahead(y, walk), vertical, horizontal);
            vertical.Origin += walk * vertical.Pitch;
            horizontal.Origin += walk * horizontal.Pitch;
        }
    }

    // Never inlined: inside a larger method the register allocator spills the rolling registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunColumns(byte** rows, nint column, int width, int count, nint ahead, Target vertical, Target horizontal)
    {
        TPixels difference = TLanes.Weights(pair.Side, (sbyte)-pair.Side);
        TPixels sides = TLanes.Weights(pair.Side, pair.Side);
        TPixels centreDifference = TLanes.Weights(pair.Centre, (sbyte)-pair.Centre);
        TPixels centre = TLanes.Weights(pair.Centre, 0);
        for (int x = 0; x < width; x += TLanes.Count)
        {
            byte* mapV = vertical.Origin + x;
            byte* mapH = horizontal.Origin + x;
            TSums pairs = Pairs(rows[0] + column + x);
            TSums d0 = TLanes.Dot(pairs, difference);
            TSums s0 = Smooth(pairs, rows[0] + column + x, sides, centre);
            pairs = Pairs(rows[1] + column + x);
            TSums d1 = TLanes.Dot(pairs, difference);
            TSums q1 = TGradient.IsUnit || TGradient.IsDouble ? d1 : TLanes.Dot(pairs, centreDifference);
            TSums s1 = Smooth(pairs, rows[1] + column + x, sides, centre);
            if (TGradient.IsUnit || TGradient.IsDouble)
            {
                d0 = TLanes.Add(d0, d1);
            }

            for (int y = 2; y < count + 2; y++)
            {
                byte* row = rows[y] + column + x;
                TStore.Fetch(row + ahead);
                pairs = Pairs(row);
                TSums d2 = TLanes.Dot(pairs, difference);
                TSums s2 = Smooth(pairs, row, sides, centre);
                TSums v;
                if (TGradient.IsUnit)
                {
                    // d0 holds the sum of the two rows above.
                    v = TLanes.Add(d0, d2);
                    d0 = TLanes.Add(d1, d2);
                }
                else if (TGradient.IsDouble)
                {
                    TSums lower = TLanes.Add(d1, d2);
                    v = TLanes.Add(d0, lower);
                    d0 = lower;
                }
                else
                {
                    v = TLanes.Add(TLanes.Add(d0, d2), q1);
                    d0 = d1;
                    q1 = TLanes.Dot(pairs, centreDifference);
                }

                TStore.Store<TLanes, TPixels, TSums>(mapV, TLanes.Pack(TLanes.Abs(v)));
                TStore.Store<TLanes, TPixels, TSums>(mapH, TLanes.Pack(TLanes.Abs(TLanes.Subtract(s0, s2))));
                d1 = d2;
                s0 = s1;
                s1 = s2;
                mapV += vertical.Pitch;
                mapH += horizontal.Pitch;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSums Pairs(byte* row) => TLanes.Pair(TLanes.Load(row), TLanes.Load(row + 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSums Smooth(TSums pairs, byte* row, TPixels sides, TPixels centre)
    {
        TPixels middle = TLanes.Load(row + 1);
        TSums weighted = TGradient.IsUnit ? TLanes.Pair(middle, default)
            : TGradient.IsDouble ? TLanes.Dot(TLanes.Pair(middle, middle), sides)
            : TLanes.Dot(TLanes.Pair(middle, middle), centre);
        return TLanes.Add(TLanes.Dot(pairs, sides), weighted);
    }
}
