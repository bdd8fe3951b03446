namespace LiveConv.Media;

/// <summary>Reads the fields of one NUT packet, one after the other.</summary>
internal sealed class NutFields(byte[] body)
{
    private int next;

    /// <summary>Reads a number stored as seven bits per byte, the highest first.</summary>
    /// <exception cref="InvalidDataException">Cut short, or beyond 63 bits.</exception>
    public long Unsigned()
    {
        ulong value = 0;
        while (true)
        {
            if (next == body.Length || value >> 56 != 0)
            {
                throw new InvalidDataException("NUT: cut short in a header");
            }

            byte b = body[next++];
            value = (value << 7) | (uint)(b & 0x7F);
            if (b < 0x80)
            {
                return (long)value;
            }
        }
    }

    /// <summary>Reads a signed number: odd codes are positive.</summary>
    public long Signed()
    {
        long code = Unsigned() + 1;
        return (code & 1) == 0 ? code >> 1 : -(code >> 1);
    }

    /// <summary>Reads bytes that are preceded by their length.</summary>
    public byte[] Bytes()
    {
        long length = Unsigned();
        if (length > body.Length - next)
        {
            throw new InvalidDataException("NUT: cut short in a header");
        }

        byte[] bytes = body.AsSpan(next, (int)length).ToArray();
        next += (int)length;
        return bytes;
    }
}
