namespace LiveConv.Media;

/// <summary>A four-character code that names a pixel format; bit 31 marks its big-endian sibling.</summary>
/// <param name="Value">The code as the kernel holds it.</param>
internal readonly record struct FourCc(uint Value)
{
    private const uint BigEndian = 1u << 31;

    /// <summary>The code of a name such as YUYV, Y16 or Y16-BE.</summary>
    public static FourCc Parse(string name)
    {
        bool big = name.EndsWith("-BE", StringComparison.OrdinalIgnoreCase);
        string text = (big ? name[..^3] : name).PadRight(4);
        return new FourCc((uint)(text[0] | (text[1] << 8) | (text[2] << 16) | (text[3] << 24)) | (big ? BigEndian : 0));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<char> text = stackalloc char[4];
        for (int i = 0; i < text.Length; i++)
        {
            char letter = (char)((Value >> (8 * i)) & 0x7f);
            text[i] = char.IsControl(letter) ? '?' : letter;
        }

        string name = new string(text).TrimEnd();
        return (Value & BigEndian) == 0 ? name : name + "-BE";
    }
}
