using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>What FFmpeg tells of an input before its first frame. Only for people and for the choice of the pace.</summary>
/// <param name="Codec">The codec's name; null when not told.</param>
/// <param name="Fps">Frames per second; null when not told.</param>
/// <param name="HasDuration">True when the length is known, so it is no live stream.</param>
internal sealed partial record FFmpegReport(string? Codec, double? Fps, bool HasDuration)
{
    public static FFmpegReport Read(IReadOnlyList<string> notes)
    {
        string? codec = null;
        double? fps = null;
        bool hasDuration = false;
        foreach (string line in notes)
        {
            if (line.Contains("Output #", StringComparison.Ordinal))
            {
                break;
            }

            hasDuration |= Duration().IsMatch(line);
            if (codec is null && Video().Match(line) is { Success: true } video)
            {
                codec = video.Groups[1].Value;
                fps = Rate().Match(line) is { Success: true } rate ? Number(rate.Groups[1].Value) : null;
            }
        }

        return new FFmpegReport(codec, fps, hasDuration);
    }

    private static double? Number(string text)
    {
        double scale = text.EndsWith('k') ? 1000 : 1;
        return double.TryParse(text.TrimEnd('k'), CultureInfo.InvariantCulture, out double value) && value > 0 ? value * scale : null;
    }

    [GeneratedRegex(@"Duration: \d")]
    private static partial Regex Duration();

    [GeneratedRegex(@"Stream #.*: Video: ([^ ,]+)")]
    private static partial Regex Video();

    [GeneratedRegex(@" ([\d.]+k?) fps")]
    private static partial Regex Rate();
}
