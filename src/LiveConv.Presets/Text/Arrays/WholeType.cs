namespace LiveConv.Presets;

/// <summary>A type of whole numbers: what numbers it holds in every language that has a type of that name.</summary>
/// <param name="Name">The type.</param>
/// <param name="Min">The least number.</param>
/// <param name="Max">The largest number.</param>
internal sealed record WholeType(string Name, double Min, double Max)
{
    /// <summary>The type of a name, or null for types with fractions and for other names.</summary>
    public static WholeType? Of(string name) => name switch
    {
        "uint8" or "uint8_t" or "uchar" or "ubyte" or "uint8_T" or "ByteTensor" => new(name, 0, byte.MaxValue),
        "int8" or "int8_t" or "char" or "schar" or "sbyte" or "Int8Array" or "CharTensor" => new(name, sbyte.MinValue, sbyte.MaxValue),

        // Java's is signed, C#'s is not.
        "byte" => new(name, sbyte.MinValue, byte.MaxValue),
        "uint16" or "uint16_t" or "ushort" => new(name, 0, ushort.MaxValue),
        "int16" or "int16_t" or "short" or "Int16Array" or "ShortTensor" => new(name, short.MinValue, short.MaxValue),
        "uint32" or "uint32_t" or "uint" or "unsigned" => new(name, 0, uint.MaxValue),
        "int32" or "int32_t" or "int" or "int_" or "intc" or "Int32Array" or "IntTensor" => new(name, int.MinValue, int.MaxValue),
        "uint64" or "uint64_t" or "size_t" or "ulong" => new(name, 0, ulong.MaxValue),
        "int64" or "int64_t" or "long" or "intp" or "LongTensor" => new(name, long.MinValue, long.MaxValue),
        "bool" or "bool_" or "BoolTensor" => new(name, 0, 1),
        _ => OfOpenCv(name),
    };

    /// <summary>Whether a name is that of a type with fractions.</summary>
    public static bool IsReal(string name) =>
        name.StartsWith("float", StringComparison.Ordinal) || name.StartsWith("CV_32F", StringComparison.Ordinal)
        || name.StartsWith("CV_64F", StringComparison.Ordinal) || name is "double" or "single" or "half" or "decimal";

    /// <summary>Checks that the type holds numbers.</summary>
    /// <exception cref="KernelTextException">It does not.</exception>
    public void Check(Ratio[] cells)
    {
        int bad = Array.FindIndex(cells, cell => !(cell.Value >= Min && cell.Value <= Max && double.IsInteger(cell.Value)));
        if (bad >= 0)
        {
            string range = Max < int.MaxValue ? FormattableString.Invariant($"from {Min} to {Max} ") : Min == 0 ? "from 0 " : "";
            throw new KernelTextException(FormattableString.Invariant(
                $"{Name} holds whole numbers {range}only, and {(float)cells[bad].Value} is among these: take a type of floats"));
        }
    }

    // CV_8UC1 and the like.
    private static WholeType? OfOpenCv(string name) =>
        name.StartsWith("CV_8U", StringComparison.Ordinal) ? new(name, 0, byte.MaxValue)
        : name.StartsWith("CV_8S", StringComparison.Ordinal) ? new(name, sbyte.MinValue, sbyte.MaxValue)
        : name.StartsWith("CV_16U", StringComparison.Ordinal) ? new(name, 0, ushort.MaxValue)
        : name.StartsWith("CV_16S", StringComparison.Ordinal) ? new(name, short.MinValue, short.MaxValue)
        : name.StartsWith("CV_32S", StringComparison.Ordinal) ? new(name, int.MinValue, int.MaxValue)
        : null;
}
