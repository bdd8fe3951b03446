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
    public void Run<TLeft, TRight, TStore>(in WindowColumns columns, Target* targets)
        where TLeft : struct, IEdge
        where TRight : struct, IEdge
        where TStore : struct, IMapStore
    {
        var weights = new Weights(pair);
        RowEdges edges = columns.Edges;
        nint ahead = columns.Ahead;
        Target vertical = targets[pair.VerticalEdgesFirst ? 0 : 1], horizontal = targets[pair.VerticalEdgesFirst ? 1 : 0];
        for (int x = 0; x < columns.Width; x += TLanes.Count)
        {
            byte** rows = columns.Rows;
            nint column = columns.Column + x;
            byte* mapV = vertical.Origin + x;
            byte* mapH = horizontal.Origin + x;
            WindowRow<TPixels> upper = WindowRow<TLanes, TPixels, TSums>.Load<TLeft, TRight>(rows[0] + column, edges);
            TSums above = weights.Across(upper), smooth = weights.Smooth(upper);
            WindowRow<TPixels> lower = WindowRow<TLanes, TPixels, TSums>.Load<TLeft, TRight>(rows[1] + column, edges);
            TSums last = weights.Across(lower), smoothLast = weights.Smooth(lower);
            above = TLanes.Add(above, TGradient.IsUnit || TGradient.IsDouble ? last : weights.AcrossCentre(lower));
            for (int y = 2; y < columns.Count + 2; y++)
            {
                byte* at = rows[y] + column;
                Prefetch.Line(at + ahead);
                WindowRow<TPixels> row = WindowRow<TLanes, TPixels, TSums>.Load<TLeft, TRight>(at, edges);
                TSums across = weights.Across(row), smoothed = weights.Smooth(row), sum;
                if (TGradient.IsDouble)
                {
                    last = TLanes.Add(last, across);
                    sum = TLanes.Add(above, last);
                    above = last;
                }
                else
                {
                    sum = TLanes.Add(above, across);
                    above = TLanes.Add(last, TGradient.IsUnit ? across : weights.AcrossCentre(row));
                }

                TStore.Store<TLanes, TPixels, TSums>(mapV, TLanes.Pack(TLanes.Abs(sum)));
                TStore.Store<TLanes, TPixels, TSums>(mapH, TLanes.Pack(TLanes.Abs(TLanes.Subtract(smooth, smoothed))));
                (last, smooth, smoothLast) = (across, smoothLast, smoothed);
                mapV += vertical.Pitch;
                mapH += horizontal.Pitch;
            }
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
        public TSums Across(in WindowRow<TPixels> row) => TLanes.Dot(TLanes.Interleave(row.Left, row.Right), difference);

        /// <summary>The difference of the sides, with the weight of the centre.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TSums AcrossCentre(in WindowRow<TPixels> row) => TLanes.Dot(TLanes.Interleave(row.Left, row.Right), centreDifference);

        /// <summary>The smoothed sum.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TSums Smooth(in WindowRow<TPixels> row)
        {
            TSums weighted = TGradient.IsUnit ? TLanes.Interleave(row.Centre, default)
                : TGradient.IsDouble ? TLanes.Dot(TLanes.Interleave(row.Centre, row.Centre), sides)
                : TLanes.Dot(TLanes.Interleave(row.Centre, row.Centre), centre);
            return TLanes.Add(TLanes.Dot(TLanes.Interleave(row.Left, row.Right), sides), weighted);
        }
    }
}
