using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// One or two 3x3 kernels in one pass: a column of registers rolls down the block, each input row is read once and its
/// pixel pairs serve every kernel. Sums fit 16 bits, and stay in registers
/// until they are pixels.
/// </summary>
internal sealed unsafe class FusedStep<TLanes, TPixels, TSums, TResponse, TStore>(int first, FusedWindow[] windows, FusedScale[] scales)
    : FilterStep(first, windows.Length)
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
    where TResponse : IFusedResponse
    where TStore : IMapStore
{
    public override void Run(in Block block, Target* targets)
    {
        Target a = targets[0];
        Target b = targets[windows.Length - 1];
        int walk = TStore.WalkRows(TLanes.Count, block.Count);
        for (int y = 0; y < block.Count; y += walk)
        {
            int count = Math.Min(walk, block.Count - y);
            if (windows.Length == 2)
            {
                RunPair(block.Rows + y, block.Column, block.Blocks * Block.Width, count, walk * block.Pitch, a, b);
            }
            else
            {
                RunOne(block.Rows + y, block.Column, block.Blocks * Block.Width, count, walk * block.Pitch, a);
            }

            a.Origin += walk * a.Pitch;
            b.Origin += walk * b.Pitch;
        }
    }

    // Never inlined: inside a larger method the register allocator spills the rolling registers.
    [MethodImpl(HotLoop.Options)]
    private void RunPair(byte** rows, nint column, int width, int count, nint ahead, Target targetA, Target targetB)
    {
        (FusedScale scaleA, FusedScale scaleB) = (scales[0], scales[1]);
        var a = new Taps(windows[0], scales[0].Offset);
        var b = new Taps(windows[1], scales[1].Offset);
        for (int x = 0; x < width; x += TLanes.Count)
        {
            byte* mapA = targetA.Origin + x;
            byte* mapB = targetB.Origin + x;
            var state = new Rolling(rows, column + x);
            for (int y = 2; y < count + 2; y++)
            {
                byte* row = rows[y] + column + x;
                TStore.Fetch(row + ahead);
                state.Read(row);
                TStore.Store<TLanes, TPixels, TSums>(mapA, TResponse.ToPixels<TLanes, TPixels, TSums>(a.Sum(state), scaleA));
                TStore.Store<TLanes, TPixels, TSums>(mapB, TResponse.ToPixels<TLanes, TPixels, TSums>(b.Sum(state), scaleB));
                mapA += targetA.Pitch;
                mapB += targetB.Pitch;
                state.Roll();
            }
        }
    }

    [MethodImpl(HotLoop.Options)]
    private void RunOne(byte** rows, nint column, int width, int count, nint ahead, Target target)
    {
        FusedScale scale = scales[0];
        var taps = new Taps(windows[0], scales[0].Offset);
        for (int x = 0; x < width; x += TLanes.Count)
        {
            byte* map = target.Origin + x;
            var state = new Rolling(rows, column + x);
            for (int y = 2; y < count + 2; y++)
            {
                byte* row = rows[y] + column + x;
                TStore.Fetch(row + ahead);
                state.Read(row);
                TStore.Store<TLanes, TPixels, TSums>(map, TResponse.ToPixels<TLanes, TPixels, TSums>(taps.Sum(state), scale));
                map += target.Pitch;
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
        public Rolling(byte** rows, nint column)
        {
            byte* top = rows[0] + column;
            byte* middle = rows[1] + column;
            SidesTop = TLanes.Interleave(TLanes.Load(top), TLanes.Load(top + 2));
            SidesMiddle = TLanes.Interleave(TLanes.Load(middle), TLanes.Load(middle + 2));
            centre = TLanes.Load(middle + 1);
            CentreUpper = TLanes.Interleave(TLanes.Load(top + 1), centre);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Read(byte* bottom)
        {
            TPixels below = TLanes.Load(bottom + 1);
            SidesBottom = TLanes.Interleave(TLanes.Load(bottom), TLanes.Load(bottom + 2));
            CentreLower = TLanes.Interleave(centre, below);
            centre = below;
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
