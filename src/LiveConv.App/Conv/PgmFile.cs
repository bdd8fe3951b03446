using System.Text;

namespace LiveConv.App;

/// <summary>Grey images in netpbm's format: P5 (binary, 8 or 16 bit) and P2 (text) in, P5 of 8 bit out.</summary>
internal static class PgmFile
{
    /// <summary>Reads an image as (height, width).</summary>
    /// <exception cref="FormatException">The file is malformed.</exception>
    public static NumberArray Read(byte[] file)
    {
        bool binary = file[1] == '5';
        int at = 2;
        int width = Number(file, ref at, "width");
        int height = Number(file, ref at, "height");
        int max = Number(file, ref at, "largest value");
        if (width < 1 || height < 1 || max is < 1 or > 65535 || (long)width * height > Array.MaxLength)
        {
            throw new FormatException($"its header says {width}x{height} with values to {max}");
        }

        int size = max > 255 ? 2 : 1;
        at++;

        // Before memory is taken. As text each value has a digit, and a space before the next.
        long count = (long)width * height;
        long needed = binary ? count * size : (count * 2) - 1;
        if (file.Length - at < needed)
        {
            throw new FormatException($"{width}x{height} pixels need {needed} bytes; from byte {at} on it has {file.Length - at}");
        }

        double[] values = new double[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = !binary ? Number(file, ref at, "pixel")
                : size == 1 ? file[at + i]
                : (file[at + 2 * i] << 8) | file[at + 2 * i + 1];
        }

        return new(values, [height, width]);
    }

    /// <summary>The value of white, which the header states.</summary>
    /// <exception cref="FormatException">The header is malformed.</exception>
    public static int WhiteOf(byte[] file)
    {
        int at = 2;
        Number(file, ref at, "width");
        Number(file, ref at, "height");
        return Math.Max(1, Number(file, ref at, "largest value"));
    }

    /// <summary>True if a file starts with the signature of a grey netpbm image.</summary>
    public static bool Is(ReadOnlySpan<byte> file) =>
        file.Length > 2 && file[0] == 'P' && file[1] is (byte)'2' or (byte)'5' && IsSpace(file[2]);

    /// <summary>Writes an image; values are rounded half to even and saturated.</summary>
    public static byte[] Write(NumberArray image)
    {
        byte[] header = Encoding.ASCII.GetBytes($"P5\n{image.Shape[1]} {image.Shape[0]}\n255\n");
        byte[] file = new byte[header.Length + image.Values.Length];
        header.CopyTo(file, 0);
        for (int i = 0; i < image.Values.Length; i++)
        {
            ElementType.UInt8.Write(file.AsSpan(header.Length + i), image.Values[i]);
        }

        return file;
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private static int Number(byte[] file, ref int at, string what)
    {
        while (at < file.Length && (IsSpace(file[at]) || file[at] == '#'))
        {
            at = file[at] == '#' ? Math.Max(Array.IndexOf(file, (byte)'\n', at), at) + 1 : at + 1;
        }

        long number = 0;
        int start = at;
        while (at < file.Length && char.IsAsciiDigit((char)file[at]) && number < int.MaxValue)
        {
            number = number * 10 + file[at++] - '0';
        }

        return at > start && number <= int.MaxValue
            ? (int)number
            : throw new FormatException($"its {what} is not readable at byte {start}");
    }
}
