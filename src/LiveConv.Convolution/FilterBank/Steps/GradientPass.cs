using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// A gradient pair. Of each input row only the difference and the smoothed sum of its neighbours are computed, once, and serve the three
/// output rows that it touches.
/// </summary>
internal readonly unsafe struct GradientPass<TLanes, TPixels, TSums, TGradient>(GradientPair pair) : IWindowPass
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
    where TGradient : IGradient
{
    public int Maps => 2;

    [MethodImpl(HotLoop.Options)]
    public void Run<TLeft, TRight, TStore>(in WindowStrip strip, int x, int end, WindowMap* maps)
        where TLeft : struct, IEdge
        where TRight : struct, IEdge
        where TStore : struct, IMapStore
    {
        var weights = new Weights(pair);
        RowEdges edges = strip.Edges.From(x);
        (nint pitch, nint ahead, int count) = (strip.Pitch, strip.Ahead, strip.Count);
        WindowMap vertical = maps[pair.VerticalEdgesFirst ? 0 : 1], horizontal = maps[pair.VerticalEdgesFirst ? 1 : 0];
        for (; x < end; x += TLanes.Count)
        {
            byte* mapV = vertical.Origin + x;
            byte* mapH = horizontal.Origin + x;
            byte* at = strip.First + x;
            var row = new Row<TLeft, TRight>(strip.Above + x, edges);
            TSums above = weights.Across(row.Sides), smooth = weights.Smooth(row.Sides, row.Centre);
            row = new(at, edges);
            TSums last = weights.Across(row.Sides), smoothLast = weights.Smooth(row.Sides, row.Centre);
            above = TLanes.Add(above, TGradient.IsUnit || TGradient.IsDouble ? last : weights.AcrossCentre(row.Sides));
            for (int y = count; y > 0; y--)
            {
                at += pitch;
                Prefetch.Line(at + ahead);
                row = new(at, edges);
                TSums across = weights.Across(row.Sides), smoothed = weights.Smooth(row.Sides, row.Centre), sum;
                if (TGradient.IsDouble)
                {
                    last = TLanes.Add(last, across);
                    sum = TLanes.Add(above, last);
                    above = last;
                }
                else
                {
                    sum = TLanes.Add(above, across);
                    above = TLanes.Add(last, TGradient.IsUnit ? across : weights.AcrossCentre(row.Sides));
                }

                TStore.Store<TLanes, TPixels, TSums>(mapV, TLanes.Pack(TLanes.Abs(sum)), vertical, y - 1);
                TStore.Store<TLanes, TPixels, TSums>(mapH, TLanes.Pack(TLanes.Abs(TLanes.Subtract(smooth, smoothed))), horizontal, y - 1);
                (last, smooth, smoothLast) = (across, smoothLast, smoothed);
                mapV += vertical.Pitch;
                mapH += horizontal.Pitch;
            }
        }
    }

    /// <summary>A row's pixels in the middle, and the pairs of those to the left and to the right of them.</summary>
    private readonly struct Row<TLeft, TRight>
        where TLeft : struct, IEdge
        where TRight : struct, IEdge
    {
        public readonly TSums Sides;
        public readonly TPixels Centre;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Row(byte* at, in RowEdges edges)
        {
            WindowRow<TPixels> row = WindowRow<TLanes, TPixels, TSums>.Load<TLeft, TRight>(at, edges);
            Sides = TLanes.Interleave(row.Left, row.Right);
            Centre = row.Centre;
        }
    }

    private readonly struct Weights
    {
        private readonly TPixels difference;
        private readonly TPixels sides;
        private readonly TPixels centreDifference;
        private readonly TPixels centre;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Weights(GradientPair pair)
        {
            difference = TLanes.Weights(pair.Side, (sbyte)-pair.Side);
            sides = TLanes.Weights(pair.Side, pair.Side);
            centreDifference = TLanes.Weights(pair.Centre, (sbyte)-pair.Centre);
            centre = TLanes.Weights(pair.Centre, 0);
        }

        /// <summary>The difference of the sides.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TSums Across(TSums sides) => TLanes.Dot(sides, difference);

        /// <summary>The difference of the sides, with the weight of the centre.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TSums AcrossCentre(TSums sides) => TLanes.Dot(sides, centreDifference);

        /// <summary>The smoothed sum.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TSums Smooth(TSums pairs, TPixels middle)
        {
            TSums weighted = TGradient.IsUnit ? TLanes.Interleave(middle, default)
                : TGradient.IsDouble ? TLanes.Dot(TLanes.Interleave(middle, middle), sides)
                : TLanes.Dot(TLanes.Interleave(middle, middle), centre);
            return TLanes.Add(TLanes.Dot(pairs, sides), weighted);
        }
    }
}
