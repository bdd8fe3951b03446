using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>
/// A table of formats or devices, as FFmpeg prints it for <c>-demuxers</c> and <c>-devices</c>. Its columns are flags: of a row (read) and
/// (written), since version 7.1 also (device); then the names, between commas.
/// </summary>
internal static partial class FormatTable
{
    /// <summary>True when the text is such a table, which may be empty; false for anything else.</summary>
    public static bool IsTable(string text) => Rule().IsMatch(text);

    /// <summary>The names of what can be read.</summary>
    public static IEnumerable<string> Demuxers(string text) => Readable().Matches(text).SelectMany(row => row.Groups[1].Value.Split(','));

    [GeneratedRegex(@"^ ---?\s*$", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^ D[E ][d ] *(\S+)", RegexOptions.Multiline)]
    private static partial Regex Readable();
}
