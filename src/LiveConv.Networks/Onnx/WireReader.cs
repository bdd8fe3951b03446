using System.Buffers.Binary;
using System.Text;

namespace LiveConv.Networks;

/// <summary>
/// Reads the fields of one message of Protocol Buffers. Nothing is copied and nothing is taken for what the message only announces.
/// </summary>
internal ref struct WireReader(ReadOnlyMemory<byte> message)
{
    private const int Varint = 0;
    private const int Eight = 1;
    private const int Bytes = 2;
    private const int Four = 5;

    private readonly ReadOnlyMemory<byte> message = message;
    private readonly ReadOnlySpan<byte> bytes = message.Span;
    private int at;
    private int type;

    /// <summary>The number of the field that was found last.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the field holds bytes: a message, a text, or packed numbers.</summary>
    public readonly bool IsBytes => type == Bytes;

    /// <summary>Finds the next field; one of the reading methods must follow.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="NetworkException">The message is broken.</exception>
    public bool Next()
    {
        if (at == bytes.Length)
        {
            return false;
        }

        ulong tag = ReadVarint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        type = (int)(tag & 7);
        return Field > 0 ? true : throw Broken("a field has the number 0");
    }

    /// <summary>An integer.</summary>
    public long ReadInteger() => type switch
    {
        Varint => (long)ReadVarint(),
        Four => BinaryPrimitives.ReadInt32LittleEndian(Take(4)),
        Eight => BinaryPrimitives.ReadInt64LittleEndian(Take(8)),
        _ => throw Broken($"field {Field} is no number"),
    };

    /// <summary>A single.</summary>
    public float ReadSingle() =>
        type == Four ? BinaryPrimitives.ReadSingleLittleEndian(Take(4)) : throw Broken($"field {Field} is no number of 32 bits");

    /// <summary>The bytes of a field.</summary>
    public ReadOnlyMemory<byte> ReadBytes()
    {
        if (type != Bytes)
        {
            throw Broken($"field {Field} is neither text nor message");
        }

        ulong length = ReadVarint();
        if (length > (ulong)(bytes.Length - at))
        {
            throw Broken($"field {Field} would have {length} bytes, and {bytes.Length - at} are left");
        }

        at += (int)length;
        return message.Slice(at - (int)length, (int)length);
    }

    /// <summary>A text.</summary>
    /// <param name="longest">Bytes that it may have.</param>
    public string ReadText(int longest)
    {
        ReadOnlyMemory<byte> text = ReadBytes();
        return text.Length <= longest
            ? Encoding.UTF8.GetString(text.Span)
            : throw Broken($"a name has {text.Length} bytes; the limit is {longest}");
    }

    /// <summary>The next integer of packed ones.</summary>
    public long ReadPacked() => (long)ReadVarint();

    /// <summary>Whether there is more to read.</summary>
    public readonly bool HasMore => at < bytes.Length;

    /// <summary>Passes over the field.</summary>
    public void Skip()
    {
        switch (type)
        {
            case Varint:
                _ = ReadVarint();
                break;
            case Eight:
                _ = Take(8);
                break;
            case Bytes:
                _ = ReadBytes();
                break;
            case Four:
                _ = Take(4);
                break;
            default:
                throw Broken($"field {Field} has the type {type}, which ONNX does not use");
        }
    }

    /// <summary>What is wrong with the bytes.</summary>
    public static NetworkException Broken(string how) => new($"this is no whole ONNX file: {how}");

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at == bytes.Length)
            {
                throw Broken("it ends within a number");
            }

            byte part = bytes[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Broken("a number has more than ten bytes");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (bytes.Length - at < count)
        {
            throw Broken("it ends within a number");
        }

        at += count;
        return bytes.Slice(at - count, count);
    }
}
