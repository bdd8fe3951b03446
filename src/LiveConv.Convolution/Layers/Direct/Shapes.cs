namespace LiveConv.Convolution;

/// <summary>Shapes as messages show them.</summary>
internal static class Shapes
{
    public static string Text(ReadOnlySpan<nint> lengths)
    {
        string[] parts = new string[lengths.Length];
        for (int a = 0; a < parts.Length; a++)
        {
            parts[a] = lengths[a].ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return $"({string.Join(", ", parts)})";
    }

    public static string Text(ReadOnlySpan<int> lengths) => Text(ToNative(lengths));

    public static nint[] ToNative(ReadOnlySpan<int> lengths)
    {
        var native = new nint[lengths.Length];
        for (int a = 0; a < native.Length; a++)
        {
            native[a] = lengths[a];
        }

        return native;
    }

    /// <summary>An exception that names the argument whose shape does not fit, from wherever it is thrown.</summary>
    public static ArgumentException Error(string parameter, string message) => new(message, parameter);
}
