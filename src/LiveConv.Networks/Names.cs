namespace LiveConv.Networks;

/// <summary>A file's names as messages and tables show them.</summary>
internal static class Names
{
    private const int Longest = 80;

    /// <summary>One line, without characters that control a terminal, and not long.</summary>
    public static string Shown(string name)
    {
        string cut = name.Length > Longest ? $"{name[..(Longest - 1)]}…" : name;
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is >= '\u200b' and <= '\u206f' ? '?' : c));
    }

    /// <summary>Lengths as a shape: <c>1x64x56x56</c>.</summary>
    public static string Shape(IEnumerable<int> lengths) => string.Join('x', lengths) is { Length: > 0 } text ? text : "one number";
}
