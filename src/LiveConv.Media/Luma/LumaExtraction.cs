using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using LiveConv.Convolution;

namespace LiveConv.Media;

/// <summary>Extracts the luma of an uncompressed image, a vector of pixels at a time.</summary>
internal static class LumaExtraction
{
    private interface IWord
    {
        static abstract Vector<ushort> ToLuma(Vector<ushort> words);

        static abstract byte ToLuma(ushort word);
    }

    /// <summary>The number of bytes that an image needs for its luma to be complete.</summary>
    public static long BytesNeeded(LumaFormat format, int height, int width, int pitch) =>
        ((height - 1) * (long)pitch) + format.RowBytes(width);

    /// <summary>Copies the luma.</summary>
    /// <param name="format">The layout of the image.</param>
    /// <param name="image">The image; at least <see cref="BytesNeeded"/> bytes.</param>
    /// <param name="pitch">Distance between its rows, in bytes.</param>
    /// <param name="luma">The destination, of the image's size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The image is too short.</exception>
    public static void Copy(LumaFormat format, ReadOnlySpan<byte> image, int pitch, PlaneView<byte> luma)
    {
        int rowBytes = format.RowBytes(luma.Width);
        for (int y = 0; y < luma.Height; y++)
        {
            CopyRow(format.Layout, image.Slice(y * pitch, rowBytes), luma.Row(y));
        }
    }

    private static void CopyRow(LumaLayout layout, ReadOnlySpan<byte> row, Span<byte> luma)
    {
        switch (layout)
        {
            case LumaLayout.Plane:
                row.CopyTo(luma);
                break;
            case LumaLayout.FirstOfTwo:
                Narrow<Low>(row, luma);
                break;
            case LumaLayout.SecondOfTwo:
                Narrow<High>(row, luma);
                break;
            case LumaLayout.TenInSixteen:
                Narrow<Ten>(row, luma);
                break;
            case LumaLayout.TwelveInSixteen:
                Narrow<Twelve>(row, luma);
                break;
            case LumaLayout.FourteenInSixteen:
                Narrow<Fourteen>(row, luma);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(layout), layout, "no such layout");
        }
    }

    private static void Narrow<TWord>(ReadOnlySpan<byte> row, Span<byte> luma)
        where TWord : struct, IWord
    {
        ReadOnlySpan<ushort> words = MemoryMarshal.Cast<byte, ushort>(row);
        int x = 0;
        if (BitConverter.IsLittleEndian)
        {
            for (; x <= luma.Length - Vector<byte>.Count; x += Vector<byte>.Count)
            {
                Vector<ushort> left = TWord.ToLuma(new Vector<ushort>(words[x..]));
                Vector<ushort> right = TWord.ToLuma(new Vector<ushort>(words[(x + Vector<ushort>.Count)..]));
                Vector.Narrow(left, right).CopyTo(luma[x..]);
            }
        }

        for (; x < luma.Length; x++)
        {
            luma[x] = TWord.ToLuma(BinaryPrimitives.ReadUInt16LittleEndian(row[(2 * x)..]));
        }
    }

    private readonly struct Low : IWord
    {
        public static Vector<ushort> ToLuma(Vector<ushort> words) => words & new Vector<ushort>(byte.MaxValue);

        public static byte ToLuma(ushort word) => (byte)word;
    }

    private readonly struct High : IWord
    {
        public static Vector<ushort> ToLuma(Vector<ushort> words) => words >>> 8;

        public static byte ToLuma(ushort word) => (byte)(word >> 8);
    }

    // Cameras leave garbage in the unused high bits, or count beyond their range when overexposed: bright must stay bright.
    private readonly struct Ten : IWord
    {
        public static Vector<ushort> ToLuma(Vector<ushort> words) => Vector.Min(words >>> 2, new Vector<ushort>(byte.MaxValue));

        public static byte ToLuma(ushort word) => (byte)Math.Min(word >> 2, byte.MaxValue);
    }

    private readonly struct Twelve : IWord
    {
        public static Vector<ushort> ToLuma(Vector<ushort> words) => Vector.Min(words >>> 4, new Vector<ushort>(byte.MaxValue));

        public static byte ToLuma(ushort word) => (byte)Math.Min(word >> 4, byte.MaxValue);
    }

    private readonly struct Fourteen : IWord
    {
        public static Vector<ushort> ToLuma(Vector<ushort> words) => Vector.Min(words >>> 6, new Vector<ushort>(byte.MaxValue));

        public static byte ToLuma(ushort word) => (byte)Math.Min(word >> 6, byte.MaxValue);
    }
}
