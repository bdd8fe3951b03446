using System.Numerics;

namespace LiveConv.App;

/// <summary>Reads and writes numpy's .npy files.</summary>
internal static class NpyFile
{
    private const int MaxAxes = 5;

    /// <summary>Reads an array.</summary>
    /// <exception cref="FormatException">The file is malformed or of a kind that is not supported.</exception>
    public static NumberArray Read(byte[] file)
    {
        var header = NpyHeader.Read(file);
        if (header.Shape.Length > MaxAxes)
        {
            throw new FormatException($"it has {header.Shape.Length} axes; at most {MaxAxes} are read");
        }

        BigInteger needed = header.Shape.Aggregate((BigInteger)header.Type.Size, (bytes, length) => bytes * length);
        if (file.Length - header.DataOffset != needed)
        {
            throw new FormatException(
                $"its shape ({string.Join(", ", header.Shape)}) needs {needed} bytes of elements; from byte {header.DataOffset} on it "
                + $"has {file.Length - header.DataOffset}");
        }

        double[] values = new double[(file.Length - header.DataOffset) / header.Type.Size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = header.Type.Read(file.AsSpan(header.DataOffset + i * header.Type.Size), header.IsBigEndian);
        }

        return new(header.IsFortran ? ToCOrder(values, header.Shape) : values, header.Shape) { Type = header.Type };
    }

    /// <summary>Writes an array in C order, little-endian.</summary>
    public static byte[] Write(NumberArray array, ElementType type)
    {
        byte[] header = NpyHeader.Write(type, array.Shape);
        byte[] file = new byte[header.Length + (long)array.Values.Length * type.Size];
        header.CopyTo(file, 0);
        for (int i = 0; i < array.Values.Length; i++)
        {
            type.Write(file.AsSpan(header.Length + i * type.Size), array.Values[i]);
        }

        return file;
    }

    private static double[] ToCOrder(double[] fortran, int[] shape)
    {
        double[] values = new double[fortran.Length];
        var index = new int[shape.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int source = 0;
            for (int a = shape.Length - 1; a >= 0; a--)
            {
                source = source * shape[a] + index[a];
            }

            values[i] = fortran[source];
            for (int a = shape.Length - 1; a >= 0 && ++index[a] == shape[a]; a--)
            {
                index[a] = 0;
            }
        }

        return values;
    }
}
