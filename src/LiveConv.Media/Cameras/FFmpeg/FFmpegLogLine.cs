using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>
/// A line of FFmpeg's log. Its own lines begin with the part that logs, <c>[dshow @ 0000020e1a16fd40] </c>; the system and other programs
/// print between them, and sometimes before them on the same line. A name is never searched for FFmpeg's words: it may contain them.
/// </summary>
internal static partial class FFmpegLogLine
{
    /// <summary>What a part of FFmpeg logged; null for a line of something else.</summary>
    public static string? Text(string line) =>
        Prefix().Match(line) is { Success: true } prefix ? line[(prefix.Index + prefix.Length)..] : null;

    /// <summary>How many times FFmpeg left out the line before because it was the same; 0 for any other line.</summary>
    public static int Repeats(string line) =>
        Repeated().Match(line) is { Success: true } repeated
        && int.TryParse(repeated.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : 0;

    [GeneratedRegex(@"(?:\[[^\[\]]+ @ [^\[\] ]+\] )+(?:\[(?:panic|fatal|error|warning|info|verbose|debug|trace)\] )?")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^\s*Last message repeated (\d+) times\s*$")]
    private static partial Regex Repeated();
}
