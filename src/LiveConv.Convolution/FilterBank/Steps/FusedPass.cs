using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// One or two 3x3 kernels of integers: each input row is read once and its pixel pairs serve every kernel. Sums fit 16 bits, and stay in
/// registers until they are pixels.
/// </summary>
internal readonly unsafe struct FusedPass<TLanes, TPixels, TSums, TResponse, TMaps>(FusedWindow[] windows, FusedScale[] scales)
    : IWindowPass
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
    where TResponse : IFusedResponse
    where TMaps : IConstant
{
    public int Maps => TMaps.Value;

    [MethodImpl(HotLoop.Options)]
    public void Run<TLeft, TRight, TStore>(in WindowStrip strip, int x, int end, WindowMap* maps)
        where TLeft : struct, IEdge
        where TRight : struct, IEdge
        where TStore : struct, IMapStore
    {
        (FusedScale scaleA, FusedScale scaleB) = (scales[0], scales[TMaps.Value - 1]);
        (WindowMap targetA, WindowMap targetB) = (maps[0], maps[TMaps.Value - 1]);
        var a = new Taps(windows[0], scaleA.Offset);
        var b = new Taps(windows[TMaps.Value - 1], scaleB.Offset);
        RowEdges edges = strip.Edges.From(x);
        (nint pitch, nint ahead, int count) = (strip.Pitch, strip.Ahead, strip.Count);
        for (; x < end; x += TLanes.Count)
        {
            byte* at = strip.First + x;
            byte* mapA = targetA.Origin + x;
            byte* mapB = targetB.Origin + x;
            var state = new Rolling(
                WindowRow<TLanes, TPixels, TSums>.Load<TLeft, TRight>(strip.Above + x, edges),
                WindowRow<TLanes, TPixels, TSums>.Load<TLeft, TRight>(at, edges));
            for (int y = count; y > 0; y--)
            {
                at += pitch;
                Prefetch.Line(at + ahead);
                state.Read(WindowRow<TLanes, TPixels, TSums>.Load<TLeft, TRight>(at, edges));
                TPixels pixels = TResponse.ToPixels<TLanes, TPixels, TSums>(a.Sum(state), scaleA);
                TStore.Store<TLanes, TPixels, TSums>(mapA, pixels, targetA, y - 1);
                mapA += targetA.Pitch;
                if (TMaps.Value == 2)
                {
                    pixels = TResponse.ToPixels<TLanes, TPixels, TSums>(b.Sum(state), scaleB);
                    TStore.Store<TLanes, TPixels, TSums>(mapB, pixels, targetB, y - 1);
                    mapB += targetB.Pitch;
                }

                state.Roll();
            }
        }
    }

    /// <summary>The pixel pairs of three rows, of which only the last is read anew for each output row.</summary>
    private struct Rolling
    {
        public TSums SidesTop;
        public TSums SidesMiddle;
        public TSums SidesBottom;
        public TSums CentreUpper;
        public TSums CentreLower;
        private TPixels centre;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Rolling(in WindowRow<TPixels> top, in WindowRow<TPixels> middle)
        {
            SidesTop = TLanes.Interleave(top.Left, top.Right);
            SidesMiddle = TLanes.Interleave(middle.Left, middle.Right);
            centre = middle.Centre;
            CentreUpper = TLanes.Interleave(top.Centre, centre);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Read(in WindowRow<TPixels> bottom)
        {
            SidesBottom = TLanes.Interleave(bottom.Left, bottom.Right);
            CentreLower = TLanes.Interleave(centre, bottom.Centre);
            centre = bottom.Centre;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Roll()
        {
            SidesTop = SidesMiddle;
            SidesMiddle = SidesBottom;
            CentreUpper = CentreLower;
        }
    }

    private readonly struct Taps
    {
        private readonly TPixels sidesTop;
        private readonly TPixels sidesMiddle;
        private readonly TPixels sidesBottom;
        private readonly TPixels centreUpper;
        private readonly TPixels centreLower;
        private readonly TSums offset;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Taps(FusedWindow w, short offset)
        {
            sidesTop = TLanes.Weights(w[0, 0], w[0, 2]);
            sidesMiddle = TLanes.Weights(w[1, 0], w[1, 2]);
            sidesBottom = TLanes.Weights(w[2, 0], w[2, 2]);
            centreUpper = TLanes.Weights(w[0, 1], w[1, 1]);
            centreLower = TLanes.Weights(0, w[2, 1]);
            this.offset = TLanes.Broadcast(offset);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TSums Sum(in Rolling state)
        {
            TSums sides = TLanes.Add(TLanes.Dot(state.SidesTop, sidesTop), TLanes.Dot(state.SidesBottom, sidesBottom));
            TSums centre = TLanes.Add(TLanes.Dot(state.CentreUpper, centreUpper), TLanes.Dot(state.CentreLower, centreLower));
            TSums sum = TLanes.Add(TLanes.Add(sides, centre), TLanes.Dot(state.SidesMiddle, sidesMiddle));
            return TResponse.HasOffset ? TLanes.Add(sum, offset) : sum;
        }
    }
}
