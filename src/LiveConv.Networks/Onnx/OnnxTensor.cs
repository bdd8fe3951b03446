using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LiveConv.Networks;

/// <summary>Numbers that a file holds. They stay in the file's bytes until somebody asks for them.</summary>
internal sealed class OnnxTensor
{
    /// <summary>ONNX's number for single precision.</summary>
    public const long Float = 1;

    private const long Int32 = 6;
    private const long Int64 = 7;
    private const long Half = 10;
    private const long Double = 11;

    // Shapes, axes and the like; nobody asks for the integers of anything longer.
    private const long MaxIntegers = 4096;

    private readonly float[]? floats;
    private readonly long[]? integers;

    public OnnxTensor()
    {
    }

    /// <summary>Numbers that were computed while the file was read.</summary>
    public OnnxTensor(string name, int[] dimensions, float[]? floats, long[]? integers)
    {
        (Name, this.floats, this.integers) = (name, floats, integers);
        Type = floats is null ? Int64 : Float;
        Dimensions.AddRange(dimensions.Select(d => (long)d));
    }

    public string Name { get; set; } = "";

    public long Type { get; set; }

    public List<long> Dimensions { get; } = [];

    /// <summary>Little-endian, in order.</summary>
    public ReadOnlyMemory<byte> Raw { get; set; }

    public bool HasRaw { get; set; }

    /// <summary>Packed singles.</summary>
    public ReadOnlyMemory<byte> Singles { get; set; }

    /// <summary>Packed doubles.</summary>
    public ReadOnlyMemory<byte> Doubles { get; set; }

    /// <summary>Packed integers, of whichever length.</summary>
    public ReadOnlyMemory<byte> Varints { get; set; }

    public bool IsExternal { get; set; }

    public bool IsInteger => Type is Int32 or Int64;

    /// <summary>The lengths; checked to be what memory can hold.</summary>
    public int[] Shape => [.. Dimensions.Select(d => (int)d)];

    /// <summary>How many numbers there are.</summary>
    public long Count => Dimensions.Aggregate(1L, (product, length) => product * length);

    /// <summary>The same numbers in another shape of as many.</summary>
    public OnnxTensor As(int[] shape)
    {
        var same = new OnnxTensor(Name, shape, floats, integers)
        {
            Raw = Raw,
            HasRaw = HasRaw,
            Singles = Singles,
            Doubles = Doubles,
            Varints = Varints,
        };
        same.Type = Type;
        return same;
    }

    /// <summary>Checks lengths against the numbers that are there, without reading these.</summary>
    /// <exception cref="NetworkException">They do not agree, or are no numbers that LiveConv reads.</exception>
    public void Check()
    {
        if (IsExternal)
        {
            throw new NetworkException(
                $"{Shown} is in another file (external data): LiveConv reads files that hold all of their weights");
        }

        double count = 1;
        foreach (long length in Dimensions)
        {
            count *= length is >= 0 and <= int.MaxValue ? length : throw new NetworkException($"{Shown} has an axis of length {length}");
        }

        int bytes = Type switch
        {
            Float or Int32 => 4,
            Int64 or Double => 8,
            Half => 2,
            _ => 0,
        };
        long held = HasRaw ? Raw.Length / Math.Max(bytes, 1)
            : Type == Float ? Singles.Length / 4
            : Type == Double ? Doubles.Length / 8
            : -1;
        bool agrees = held < 0 ? count <= Varints.Length : count == held && (!HasRaw || Raw.Length == held * Math.Max(bytes, 1));
        if (bytes > 0 && !agrees)
        {
            throw new NetworkException($"{Shown} should have {count:0} numbers by its shape; the file holds others");
        }
    }

    /// <summary>All numbers as singles, in an array of the caller's own.</summary>
    /// <exception cref="NetworkException">They are of another kind.</exception>
    public float[] ReadFloats()
    {
        if (floats is not null)
        {
            return [.. floats];
        }

        ReadOnlySpan<byte> raw = HasRaw ? Raw.Span : Type == Double ? Doubles.Span : Singles.Span;
        switch (Type)
        {
            case Float when BitConverter.IsLittleEndian:
                return MemoryMarshal.Cast<byte, float>(raw).ToArray();
            case Double:
                var values = new float[raw.Length / sizeof(double)];
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(raw[(i * sizeof(double))..]);
                }

                return values;
            case Half:
                return ReadHalves();
            default:
                throw new NetworkException($"{Shown} has numbers of type {Type}; LiveConv reads floats of 16, 32 and 64 bits");
        }
    }

    /// <summary>All numbers as integers.</summary>
    /// <exception cref="NetworkException">They are of another kind, or too many for a shape.</exception>
    public long[] ReadIntegers()
    {
        if (integers is not null)
        {
            return integers;
        }

        if (!IsInteger || Count > MaxIntegers)
        {
            throw new NetworkException($"{Shown} should be a few integers of 32 or 64 bits");
        }

        var values = new long[(int)Count];
        int size = Type == Int64 ? 8 : 4;
        var packed = new WireReader(Varints);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = !HasRaw ? packed.ReadPacked()
                : size == 8 ? BinaryPrimitives.ReadInt64LittleEndian(Raw.Span[(i * 8)..])
                : BinaryPrimitives.ReadInt32LittleEndian(Raw.Span[(i * 4)..]);
        }

        return values;
    }

    private string Shown => $"the tensor '{Names.Shown(Name)}'";

    private float[] ReadHalves()
    {
        var values = new float[(int)Count];
        var packed = new WireReader(Varints);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(HasRaw
                ? BinaryPrimitives.ReadHalfLittleEndian(Raw.Span[(i * 2)..])
                : BitConverter.UInt16BitsToHalf((ushort)packed.ReadPacked()));
        }

        return values;
    }
}
