using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>Stores that went past the caches.</summary>
internal static unsafe class StreamedStores
{
    private const int Line = 64;

    /// <summary>Copies bytes past the caches, except where they do not fill a line. <see cref="Complete"/> must follow.</summary>
    public static void Copy(byte* from, byte* to, nint count)
    {
        nint head = Math.Min(count, -(nint)to & (Line - 1));
        nint end = head + ((count - head) & -Line);
        Unsafe.CopyBlockUnaligned(to, from, (uint)head);
        for (nint i = head; i < end; i += Line)
        {
            CopyLine(from + i, to + i);
        }

        Unsafe.CopyBlockUnaligned(to + end, from + end, (uint)(count - end));
    }

    private static void CopyLine(byte* from, byte* to)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512.Load(from).StoreAlignedNonTemporal(to);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            (Vector256<byte> first, Vector256<byte> second) = (Vector256.Load(from), Vector256.Load(from + Vector256<byte>.Count));
            first.StoreAlignedNonTemporal(to);
            second.StoreAlignedNonTemporal(to + Vector256<byte>.Count);
        }
        else
        {
            for (int i = 0; i < Line; i += Vector128<byte>.Count)
            {
                Vector128.Load(from + i).StoreAlignedNonTemporal(to + i);
            }
        }
    }

    /// <summary>
    /// To be called by each thread after its last tile of a job. Such stores are weakly ordered: without the fence another core could see
    /// the job as done before its pixels.
    /// </summary>
    public static void Complete()
    {
        if (Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}
