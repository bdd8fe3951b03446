using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LiveConv.Networks;

/// <summary>Writes a message of protocol buffers, field by field.</summary>
internal sealed class WireWriter
{
    private const int VarintKind = 0;
    private const int BytesKind = 2;
    private const int SingleKind = 5;
    private readonly List<byte> bytes = [];

    public void Integer(int field, long value)
    {
        Varint((ulong)(field << 3 | VarintKind));
        Varint((ulong)value);
    }

    public void Single(int field, float value)
    {
        Varint((ulong)(field << 3 | SingleKind));
        Span<byte> little = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(little, value);
        bytes.AddRange(little);
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint((ulong)(field << 3 | BytesKind));
        Varint((ulong)value.Length);
        bytes.AddRange(value);
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Message(int field, WireWriter message) => Bytes(field, CollectionsMarshal.AsSpan(message.bytes));

    /// <summary>Adds the fields of another message.</summary>
    public void Append(WireWriter fields) => bytes.AddRange(fields.bytes);

    public byte[] ToArray() => [.. bytes];

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }
}
