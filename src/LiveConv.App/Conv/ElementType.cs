using System.Buffers.Binary;

namespace LiveConv.App;

/// <summary>A type of array element, with its names, reader and writer.</summary>
/// <param name="Names">Its names; the first is LiveConv's.</param>
/// <param name="Code">numpy's kind and size.</param>
/// <param name="Size">Bytes.</param>
internal sealed record ElementType(string[] Names, string Code, int Size)
{
    public static ElementType UInt8 { get; } = new(["u8", "u1", "uint8"], "u1", 1);

    public static ElementType Int16 { get; } = new(["i2", "s16", "int16"], "i2", 2);

    public static ElementType Int64 { get; } = new(["i8", "int64"], "i8", 8);

    public static ElementType Float32 { get; } = new(["f4", "f32", "float32"], "f4", 4);

    public static ElementType Float64 { get; } = new(["f8", "f64", "float64"], "f8", 8);

    /// <summary>The type of truth values, which are read as 0 and 1 and never written.</summary>
    public static ElementType Bool { get; } = new(["bool"], "b1", 1);

    /// <summary>
    /// The types that are read and written. numpy's own "u8" is uint64; here it is the 8-bit unsigned type, as in all of LiveConv.
    /// </summary>
    public static IReadOnlyList<ElementType> All { get; } =
    [
        UInt8,
        new(["i1", "int8"], "i1", 1),
        new(["u2", "uint16"], "u2", 2),
        Int16,
        new(["u4", "uint32"], "u4", 4),
        new(["i4", "int32"], "i4", 4),
        new(["uint64"], "u8", 8),
        Int64,
        new(["f2", "f16", "float16"], "f2", 2),
        Float32,
        Float64,
    ];

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsWhole => Code[0] is 'i' or 'u' or 'b';

    /// <summary>Reads a value.</summary>
    /// <exception cref="FormatException">It is a whole number that double precision does not hold.</exception>
    public double Read(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        Span<byte> little = stackalloc byte[8];
        bytes[..Size].CopyTo(little);
        if (bigEndian)
        {
            little[..Size].Reverse();
        }

        return Code switch
        {
            "u1" => little[0],
            "i1" => (sbyte)little[0],
            "u2" => BinaryPrimitives.ReadUInt16LittleEndian(little),
            "i2" => BinaryPrimitives.ReadInt16LittleEndian(little),
            "u4" => BinaryPrimitives.ReadUInt32LittleEndian(little),
            "i4" => BinaryPrimitives.ReadInt32LittleEndian(little),
            "u8" => Exact(BinaryPrimitives.ReadUInt64LittleEndian(little)),
            "i8" => Exact(BinaryPrimitives.ReadInt64LittleEndian(little)),
            "b1" => little[0] == 0 ? 0 : 1,
            "f2" => (double)BinaryPrimitives.ReadHalfLittleEndian(little),
            "f4" => BinaryPrimitives.ReadSingleLittleEndian(little),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(little),
        };
    }

    /// <summary>Writes a value; integers are rounded half to even and saturated, NaN becomes 0.</summary>
    public void Write(Span<byte> bytes, double value)
    {
        double whole = Math.Round(value, MidpointRounding.ToEven);
        switch (Code)
        {
            case "u1":
                bytes[0] = byte.CreateSaturating(whole);
                break;
            case "i1":
                bytes[0] = (byte)sbyte.CreateSaturating(whole);
                break;
            case "u2":
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, ushort.CreateSaturating(whole));
                break;
            case "i2":
                BinaryPrimitives.WriteInt16LittleEndian(bytes, short.CreateSaturating(whole));
                break;
            case "u4":
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, uint.CreateSaturating(whole));
                break;
            case "i4":
                BinaryPrimitives.WriteInt32LittleEndian(bytes, int.CreateSaturating(whole));
                break;
            case "u8":
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, ulong.CreateSaturating(whole));
                break;
            case "i8":
                BinaryPrimitives.WriteInt64LittleEndian(bytes, long.CreateSaturating(whole));
                break;
            case "f2":
                BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)value);
                break;
            case "f4":
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
                break;
            default:
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                break;
        }
    }

    private static double Exact(Int128 whole) => (Int128)(double)whole == whole
        ? (double)whole
        : throw new FormatException(
            $"it holds {whole}, which double precision would round: where that is right, save x.astype(np.float64)");
}
