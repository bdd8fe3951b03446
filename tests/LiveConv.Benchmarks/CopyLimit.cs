using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>The limit: a loop that reads an image and writes it twice, in the widest registers, through the caches or past them.</summary>
internal static class CopyLimit
{
    private const int Line = 64;

    public static unsafe void Run(Frames.Set set, WorkerPool workers, bool streaming)
    {
        // Whole lines of the maps' memory, without regard to rows, as many as the image has.
        nint length = ((nint)set.Input.Width * set.Input.Height - 2 * Line) & -Line;
        byte* first = LineAt(set.Maps[0]);
        bool isOneImage = set.Maps[0].Pitch >= 2 * set.Maps[0].Width;
        var job = new CopyJob
        {
            Input = LineAt(set.Input),
            First = first,
            Second = isOneImage ? first + length : LineAt(set.Maps[1]),
            Length = length,
            Streaming = streaming,
        };
        workers.Run(ref job, (int)((job.Length + CopyJob.Tile - 1) / CopyJob.Tile));
    }

    private static unsafe byte* LineAt(Plane<byte> plane) =>
        (byte*)(((nint)Unsafe.AsPointer(ref plane.Row(0)[0]) + Line - 1) & -Line);

    private unsafe struct CopyJob : ITileJob
    {
        public const int Tile = 32 << 10;
        public byte* Input;
        public byte* First;
        public byte* Second;
        public nint Length;
        public bool Streaming;

        public readonly void Run(int tile)
        {
            nint start = (nint)tile * Tile;
            nint end = Math.Min(start + Tile, Length);
            if (Streaming)
            {
                Stream(Input + start, First + start, Second + start, end - start);
            }
            else
            {
                Copy(Input + start, First + start, Second + start, end - start);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Copy(byte* input, byte* first, byte* second, nint length)
        {
            for (nint i = 0; i < length; i += Line)
            {
                Vector512<byte> pixels = Vector512.Load(input + i);
                pixels.Store(first + i);
                pixels.Store(second + i);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Stream(byte* input, byte* first, byte* second, nint length)
        {
            const int Ahead = 16 * Line;
            for (nint i = 0; i < length; i += Line)
            {
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(input + i + Ahead);
                }

                Vector512<byte> pixels = Vector512.Load(input + i);
                pixels.StoreAlignedNonTemporal(first + i);
                pixels.StoreAlignedNonTemporal(second + i);
            }
        }
    }
}
