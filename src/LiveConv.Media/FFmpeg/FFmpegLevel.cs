using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>
/// The level of a line that FFmpeg logs at <c>-loglevel level+…</c>: <c>[mov @ 0x1] [error] moov atom not found</c>. A line begins with
/// FFmpeg's marks of its parts and the level: elsewhere, and in a text's further lines, users' names and titles may look like them.
/// </summary>
internal static partial class FFmpegLevel
{
    /// <summary>The level, such as info, and what is behind it; null for a line without one.</summary>
    public static (string Level, string Text)? Of(string line) =>
        Mark().Match(line) is { Success: true } mark ? (mark.Groups[1].Value, line[mark.Length..]) : null;

    /// <summary>What FFmpeg says of its work; null for a line of another level.</summary>
    public static string? Info(string line) => Of(line) is ("info", var text) ? text : null;

    [GeneratedRegex(@"^(?:\[[^\[\]]+ @ [^\[\] ]+\] )*\[(panic|fatal|error|warning|info|verbose|debug|trace)\] ")]
    private static partial Regex Mark();
}
