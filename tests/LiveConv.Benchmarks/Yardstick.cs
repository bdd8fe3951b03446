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
            int end = Math.Min(Height, (tile + 1) * Rows);
            for (int x = 0; x < Width; x += Lanes)
            {
                // The last columns stand flush with the edge.
                int column = Math.Min(x, Width - Lanes);
                Down(column, tile * Rows, end, Streams && column % Lanes == 0);
            }

            if (Streams)
            {
                Sse.StoreFence();
            }
        }

        private readonly void Down(int x, int y, int end, bool streams)
        {
            if (streams)
            {
                Down<Streamed>(x, y, end);
            }
            else
            {
                Down<Plain>(x, y, end);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private readonly void Down<TStore>(int x, int y, int end)
            where TStore : struct, IStore
        {
            // Where a row has no pixel to the left or right, its second or last but one stands there.
            Vector512<byte> left = Vector512<byte>.Indices - Vector512<byte>.One;
            Vector512<byte> right = Vector512<byte>.Indices + Vector512<byte>.One;
            bool isFirst = x == 0;
            bool isLast = x == Width - Lanes;
            left = isFirst ? left.WithElement(0, (byte)1) : left;
            right = isLast ? right.WithElement(Lanes - 1, (byte)(Lanes - 2)) : right;
            byte* row = Input + (nint)Math.Abs(y - 1) * Pitch + x;
            Sums above = Sums.Of(row, isFirst, isLast, left, right);
            Sums here = Sums.Of(Input + y * Pitch + x, isFirst, isLast, left, right);
            byte* vertical = Vertical + y * MapPitch + x;
            byte* horizontal = Horizontal + y * MapPitch + x;
            nint ahead = Rows * Pitch;
            for (; y < end; y++)
            {
                row = Input + (nint)(y + 1 < Height ? y + 1 : Height - 2) * Pitch + x;
                Sse.Prefetch0(row + ahead);
                Sums below = Sums.Of(row, isFirst, isLast, left, right);
                TStore.Put(vertical, Pack(
                    above.DifferenceLow + here.DifferenceLow + here.DifferenceLow + below.DifferenceLow,
                    above.DifferenceHigh + here.DifferenceHigh + here.DifferenceHigh + below.DifferenceHigh));
                TStore.Put(horizontal, Pack(below.SmoothLow - above.SmoothLow, below.SmoothHigh - above.SmoothHigh));
                vertical += MapPitch;
                horizontal += MapPitch;
                (above, here) = (here, below);
            }
        }

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
        public static Sums Of(byte* row, bool isFirst, bool isLast, Vector512<byte> leftIndex, Vector512<byte> rightIndex)
        {
            Vector512<byte> middle = Vector512.Load(row);
            Vector512<byte> left = isFirst ? Avx512Vbmi.PermuteVar64x8(middle, leftIndex) : Vector512.Load(row - 1);
            Vector512<byte> right = isLast ? Avx512Vbmi.PermuteVar64x8(middle, rightIndex) : Vector512.Load(row + 1);
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
