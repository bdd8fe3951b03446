using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>
/// A Sobel pair as one loop for this pair, this border (mirror) and AVX-512 alone, with nothing in it that a library needs.
/// </summary>
internal static unsafe class Yardstick
{
    private const int Lanes = 64;

    public static bool IsSupported => Avx512Vbmi.IsSupported;

    public static void Run(Frames.Set set, WorkerPool workers, bool streams)
    {
        var job = new Job
        {
            Input = Origin(set.Input),
            Pitch = set.Input.Pitch,
            Vertical = Origin(set.Maps[0]),
            Horizontal = Origin(set.Maps[1]),
            MapPitch = set.Maps[0].Pitch,
            Width = set.Input.Width,
            Height = set.Input.Height,
            Streams = streams,
        };
        workers.Run(ref job, (job.Height + job.Rows - 1) / job.Rows);
    }

    private static byte* Origin(Plane<byte> plane) => (byte*)Unsafe.AsPointer(ref plane.Row(0)[0]);

    private struct Job : ITileJob
    {
        public byte* Input;
        public nint Pitch;
        public byte* Vertical;
        public byte* Horizontal;
        public nint MapPitch;
        public int Width;
        public int Height;
        public bool Streams;

        // Few rows where every row is on a page of its own; more where they are all in the caches.
        public readonly int Rows => Streams ? 8 : 16;

        public readonly void Run(int tile)
        {
            int y = tile * Rows;
            int end = Math.Min(Height, y + Rows);
            int last = Width - Lanes;
            if (Streams)
            {
                // The caller of the tiles waits for their stores.
                Walk<Streamed>(y, end, last);
            }
            else
            {
                Walk<Plain>(y, end, last);
            }
        }

        private readonly void Walk<TStore>(int y, int end, int last)
            where TStore : struct, IStore
        {
            Down<First, TStore>(0, Lanes, y, end);
            Down<Inner, TStore>(Lanes, last, y, end);

            // The last columns stand flush with the edge, where a whole line may not begin.
            if (last % Lanes == 0)
            {
                Down<Last, TStore>(last, Width, y, end);
            }
            else
            {
                Down<Last, Plain>(last, Width, y, end);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private readonly void Down<TPlace, TStore>(int x, int endColumn, int y, int end)
            where TPlace : struct, IPlace
            where TStore : struct, IStore
        {
            nint ahead = Rows * Pitch;
            for (; x < endColumn; x += Lanes)
            {
                Sums above = Sums.Of<TPlace>(Input + (nint)Math.Abs(y - 1) * Pitch + x);
                byte* row = Input + y * Pitch + x;
                Sums here = Sums.Of<TPlace>(row);

                // Of the row above and this one, whose sum the next row needs too.
                Vector512<short> twoLow = above.DifferenceLow + here.DifferenceLow;
                Vector512<short> twoHigh = above.DifferenceHigh + here.DifferenceHigh;
                byte* vertical = Vertical + y * MapPitch + x;
                byte* horizontal = Horizontal + y * MapPitch + x;
                for (int rows = end - y, inside = Math.Min(end, Height - 1) - y; rows > 0; rows--, inside--)
                {
                    row += inside > 0 ? Pitch : -Pitch;
                    Sse.Prefetch0(row + ahead);
                    Sums below = Sums.Of<TPlace>(row);
                    Vector512<short> nextLow = here.DifferenceLow + below.DifferenceLow;
                    Vector512<short> nextHigh = here.DifferenceHigh + below.DifferenceHigh;
                    TStore.Put(vertical, Pack(twoLow + nextLow, twoHigh + nextHigh));
                    TStore.Put(horizontal, Pack(below.SmoothLow - above.SmoothLow, below.SmoothHigh - above.SmoothHigh));
                    vertical += MapPitch;
                    horizontal += MapPitch;
                    (twoLow, twoHigh, above, here) = (nextLow, nextHigh, here, below);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<byte> Pack(Vector512<short> low, Vector512<short> high) =>
            Avx512BW.PackUnsignedSaturate(Avx512BW.Abs(low).AsInt16(), Avx512BW.Abs(high).AsInt16());
    }

    // Of one row, for the low and the high half of each 128 bits: right minus left, and left plus twice the middle plus right.
    private readonly struct Sums(Vector512<short> dl, Vector512<short> dh, Vector512<short> sl, Vector512<short> sh)
    {
        public readonly Vector512<short> DifferenceLow = dl;
        public readonly Vector512<short> DifferenceHigh = dh;
        public readonly Vector512<short> SmoothLow = sl;
        public readonly Vector512<short> SmoothHigh = sh;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Sums Of<TPlace>(byte* row)
            where TPlace : struct, IPlace
        {
            Vector512<byte> middle = Vector512.Load(row);
            Vector512<byte> left = TPlace.IsFirst ? Avx512Vbmi.PermuteVar64x8(middle, LeftOfFirst) : Vector512.Load(row - 1);
            Vector512<byte> right = TPlace.IsLast ? Avx512Vbmi.PermuteVar64x8(middle, RightOfLast) : Vector512.Load(row + 1);
            Vector512<byte> low = Avx512BW.UnpackLow(left, right);
            Vector512<byte> high = Avx512BW.UnpackHigh(left, right);
            Vector512<sbyte> minus = Vector512.Create((short)0x01FF).AsSByte();
            Vector512<sbyte> plus = Vector512.Create((sbyte)1);
            Vector512<byte> middleLow = Avx512BW.UnpackLow(middle, middle);
            Vector512<byte> middleHigh = Avx512BW.UnpackHigh(middle, middle);
            return new(
                Avx512BW.MultiplyAddAdjacent(low, minus),
                Avx512BW.MultiplyAddAdjacent(high, minus),
                Avx512BW.MultiplyAddAdjacent(low, plus) + Avx512BW.MultiplyAddAdjacent(middleLow, plus),
                Avx512BW.MultiplyAddAdjacent(high, plus) + Avx512BW.MultiplyAddAdjacent(middleHigh, plus));
        }

        // Where a row has no pixel to the left or right, its second or last but one stands there.
        private static Vector512<byte> LeftOfFirst => (Vector512<byte>.Indices - Vector512<byte>.One).WithElement(0, (byte)1);

        private static Vector512<byte> RightOfLast =>
            (Vector512<byte>.Indices + Vector512<byte>.One).WithElement(Lanes - 1, (byte)(Lanes - 2));
    }

    private interface IPlace
    {
        static abstract bool IsFirst { get; }

        static abstract bool IsLast { get; }
    }

    private readonly struct First : IPlace
    {
        public static bool IsFirst => true;

        public static bool IsLast => false;
    }

    private readonly struct Inner : IPlace
    {
        public static bool IsFirst => false;

        public static bool IsLast => false;
    }

    private readonly struct Last : IPlace
    {
        public static bool IsFirst => false;

        public static bool IsLast => true;
    }

    private interface IStore
    {
        static abstract void Put(byte* to, Vector512<byte> pixels);
    }

    private readonly struct Plain : IStore
    {
        public static void Put(byte* to, Vector512<byte> pixels) => pixels.Store(to);
    }

    private readonly struct Streamed : IStore
    {
        public static void Put(byte* to, Vector512<byte> pixels) => pixels.StoreAlignedNonTemporal(to);
    }
}
