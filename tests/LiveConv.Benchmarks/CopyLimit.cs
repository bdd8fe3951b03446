using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>The wall: a loop that reads an image and writes it twice, in the widest registers, through the caches or past them.</summary>
internal static class CopyLimit
{
    public static unsafe void Run(Frames.Set set, WorkerPool workers, bool streaming)
    {
        var job = new CopyJob
        {
            Input = (byte*)Unsafe.AsPointer(ref set.Input.Row(0)[0]),
            First = (byte*)Unsafe.AsPointer(ref set.Maps[0].Row(0)[0]),
            Second = (byte*)Unsafe.AsPointer(ref set.Maps[1].Row(0)[0]),
            Length = (nint)set.Input.Pitch * set.Input.Height,
            Streaming = streaming,
        };
        workers.Run(ref job, (int)((job.Length + CopyJob.Tile - 1) / CopyJob.Tile));
    }

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
            for (nint i = 0; i < length; i += 64)
            {
                Vector512<byte> pixels = Vector512.Load(input + i);
                pixels.Store(first + i);
                pixels.Store(second + i);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Stream(byte* input, byte* first, byte* second, nint length)
        {
            for (nint i = 0; i < length; i += 64)
            {
                Vector512<byte> pixels = Vector512.Load(input + i);
                pixels.StoreAlignedNonTemporal(first + i);
                pixels.StoreAlignedNonTemporal(second + i);
            }
        }
    }
}
