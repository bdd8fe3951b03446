using System.Numerics;
using System.Runtime.InteropServices;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>The sum of both maps, saturated: how strong an edge is, whichever its direction.</summary>
/// <param name="to">As large as a map.</param>
internal readonly struct MagnitudeReader(Plane<byte> to) : IStripReader
{
    public void Read(int row, ReadOnlyPlaneView<byte> first, ReadOnlyPlaneView<byte> second)
    {
        for (int y = 0; y < first.Height; y++)
        {
            Add(first.Row(y), second.Row(y), to.Row(row + y));
        }
    }

    private static void Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> sum)
    {
        ReadOnlySpan<Vector<byte>> a = MemoryMarshal.Cast<byte, Vector<byte>>(first);
        ReadOnlySpan<Vector<byte>> b = MemoryMarshal.Cast<byte, Vector<byte>>(second);
        Span<Vector<byte>> to = MemoryMarshal.Cast<byte, Vector<byte>>(sum);
        for (int i = 0; i < a.Length; i++)
        {
            to[i] = Vector.AddSaturate(a[i], b[i]);
        }

        for (int i = a.Length * Vector<byte>.Count; i < first.Length; i++)
        {
            sum[i] = (byte)Math.Min(first[i] + second[i], byte.MaxValue);
        }
    }
}
