using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LiveConv.App;

/// <summary>The header of a .npy file (numpy's format 1.0 to 3.0).</summary>
internal sealed partial record NpyHeader(ElementType Type, bool IsBigEndian, bool IsFortran, int[] Shape, int DataOffset)
{
    /// <summary>Reads a header.</summary>
    /// <exception cref="FormatException">It is no such header, or has an unsupported type.</exception>
    public static NpyHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || file[0] != 0x93 || !file[1..6].SequenceEqual("NUMPY"u8))
        {
            throw new FormatException("it does not start with the signature of a .npy file, nor as .png and .pgm do");
        }

        int lengthBytes = file[6] == 1 ? 2 : 4;
        if (file[6] is < 1 or > 3)
        {
            throw new FormatException($"its format {file[6]}.{file[7]} is unknown; 1.0 to 3.0 are read");
        }

        long length = lengthBytes == 2 ? BitConverter.ToUInt16(file[8..10]) : BitConverter.ToUInt32(file[8..12]);
        long offset = 8 + lengthBytes + length;
        if (offset > file.Length)
        {
            throw new FormatException($"its header of {length} bytes is cut off at byte {file.Length}");
        }

        string text = Encoding.UTF8.GetString(file[(8 + lengthBytes)..(int)offset]);
        string type = Field(text, Descr(), "descr").Trim('\'', '"');
        return new(
            TypeOf(type), type[0] == '>', Field(text, Order(), "fortran_order") == "True", ShapeOf(Field(text, ShapeField(), "shape")),
            (int)offset);
    }

    /// <summary>Writes a header of format 1.0, padded so that the elements start at a multiple of 64 bytes.</summary>
    public static byte[] Write(ElementType type, int[] shape)
    {
        string order = type.Size == 1 ? "|" : "<";
        string sides = string.Concat(shape.Select(n => n.ToString(CultureInfo.InvariantCulture) + ", ")).TrimEnd();
        if (shape.Length > 1)
        {
            sides = sides.TrimEnd(',');
        }

        string text = $"{{'descr': '{order}{type.Code}', 'fortran_order': False, 'shape': ({sides}), }}";
        int length = (10 + text.Length + 1 + 63) / 64 * 64 - 10;
        string padded = text.PadRight(length - 1) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(padded)];
    }

    private static string Field(string header, Regex pattern, string name)
    {
        Match match = pattern.Match(header);
        return match.Success ? match.Groups[1].Value : throw new FormatException($"its header has no readable '{name}'");
    }

    private static ElementType TypeOf(string descr) =>
        ElementType.All.Append(ElementType.Bool)
            .FirstOrDefault(type => descr.Length > 1 && "<>|=".Contains(descr[0], StringComparison.Ordinal) && type.Code == descr[1..])
        ?? throw new FormatException($"its elements are {Unread(descr)}");

    // What numpy's other kinds are, and how to make numbers of them.
    private static string Unread(string descr) => (descr.Length > 1 ? descr[1] : ' ', descr) switch
    {
        (_, ['[' or '(', ..]) => "records: save one field, as in np.save('x.npy', x['name'])",
        ('O', _) => $"Python objects ('{descr}'): save numbers, as in np.save('x.npy', np.array(x.tolist(), dtype=np.float64))",
        ('c', _) => $"complex numbers ('{descr}'): save one part of them, as in np.save('x.npy', x.real)",
        ('U' or 'S' or 'a', _) => $"text ('{descr}'): save numbers, as in np.save('x.npy', x.astype(np.float64))",
        ('M' or 'm', _) => $"times ('{descr}'): save numbers, as in np.save('x.npy', x.astype(np.int64))",
        _ => $"'{descr}'; read are {string.Join(", ", ElementType.All.Select(type => type.Names[^1]))} and bool: "
            + "save x.astype(np.float64)",
    };

    private static int[] ShapeOf(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new int[parts.Length];
        for (int a = 0; a < parts.Length; a++)
        {
            // Python 2 wrote lengths as 2L.
            if (!int.TryParse(parts[a].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out shape[a]))
            {
                throw new FormatException($"its shape is ({text}); a length must be a whole number below 2^31");
            }
        }

        return shape;
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*u?('[^']*'|"[^"]*"|\[.*\]|\(.*\))""")]
    private static partial Regex Descr();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex Order();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex ShapeField();
}
