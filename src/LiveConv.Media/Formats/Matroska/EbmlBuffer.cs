using System.Buffers.Binary;

namespace LiveConv.Media;

/// <summary>Builds EBML elements in memory. Sizes always take eight bytes, so that they can be filled in later.</summary>
internal sealed class EbmlBuffer
{
    private byte[] bytes = new byte[256];

    /// <summary>The number of bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes written so far.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Starts an element that contains others; the result is passed to <see cref="End"/>.</summary>
    public int Begin(uint id)
    {
        Id(id);
        Grow(8).Clear();
        return Length;
    }

    /// <summary>Ends an element: its size becomes known.</summary>
    public void End(int start) => WriteSize(bytes.AsSpan(start - 8, 8), Length - start);

    /// <summary>Starts an element of known size whose content is written later.</summary>
    public void Begin(uint id, long size)
    {
        Id(id);
        WriteSize(Grow(8), size);
    }

    /// <summary>Starts an element that extends to the end of the stream.</summary>
    public void BeginEndless(uint id)
    {
        Id(id);
        BinaryPrimitives.WriteUInt64BigEndian(Grow(8), 0x01FF_FFFF_FFFF_FFFF);
    }

    public void Number(uint id, ulong value)
    {
        Begin(id, 8);
        BinaryPrimitives.WriteUInt64BigEndian(Grow(8), value);
    }

    public void Number(uint id, double value)
    {
        Begin(id, 8);
        BinaryPrimitives.WriteDoubleBigEndian(Grow(8), value);
    }

    /// <summary>Writes an ASCII text.</summary>
    public void Text(uint id, string value)
    {
        Begin(id, value.Length);
        System.Text.Encoding.ASCII.GetBytes(value, Grow(value.Length));
    }

    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Grow(value.Length));

    private static void WriteSize(Span<byte> target, long size) =>
        BinaryPrimitives.WriteUInt64BigEndian(target, (ulong)size | (1UL << 56));

    private void Id(uint id)
    {
        int length = id > 0xFFFFFF ? 4 : id > 0xFFFF ? 3 : id > 0xFF ? 2 : 1;
        Span<byte> target = Grow(length);
        for (int i = 0; i < length; i++)
        {
            target[i] = (byte)(id >> (8 * (length - 1 - i)));
        }
    }

    private Span<byte> Grow(int count)
    {
        if (Length + count > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        }

        Length += count;
        return bytes.AsSpan(Length - count, count);
    }
}
