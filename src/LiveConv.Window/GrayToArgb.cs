using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveConv.Window;

/// <summary>Converts 8-bit gray pixels to 32-bit ones, the format of screens.</summary>
internal static class GrayToArgb
{
    private const uint Opaque = 0xFF000000;
    private const uint GrayToRgb = 0x00010101;

    /// <summary>Converts a row.</summary>
    /// <param name="gray">The pixels.</param>
    /// <param name="argb">The destination; at least as long.</param>
    public static void Convert(ReadOnlySpan<byte> gray, Span<uint> argb)
    {
        argb = argb[..gray.Length];
        int done = gray.Length - (gray.Length % Vector<byte>.Count);
        ReadOnlySpan<Vector<byte>> from = MemoryMarshal.Cast<byte, Vector<byte>>(gray[..done]);
        Span<Vector<uint>> to = MemoryMarshal.Cast<uint, Vector<uint>>(argb[..done]);
        for (int i = 0; i < from.Length; i++)
        {
            Vector.Widen(from[i], out Vector<ushort> low, out Vector<ushort> high);
            Widen(low, to.Slice(4 * i, 2));
            Widen(high, to.Slice((4 * i) + 2, 2));
        }

        for (int i = done; i < gray.Length; i++)
        {
            argb[i] = (gray[i] * GrayToRgb) | Opaque;
        }
    }

    private static void Widen(Vector<ushort> pixels, Span<Vector<uint>> to)
    {
        Vector.Widen(pixels, out Vector<uint> low, out Vector<uint> high);
        to[0] = (low * GrayToRgb) | new Vector<uint>(Opaque);
        to[1] = (high * GrayToRgb) | new Vector<uint>(Opaque);
    }
}
