using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>What FFmpeg reports about an input before its first frame. Only for display and for the choice of the pace.</summary>
/// <param name="Codec">The codec's name; null when not reported.</param>
/// <param name="Fps">Frames per second; null when not reported.</param>
/// <param name="Duration">The length; null when unknown, as for a live stream.</param>
internal sealed partial record FFmpegReport(string? Codec, double? Fps, TimeSpan? Duration)
{
    /// <summary>The approximate number of frames.</summary>
    public long? Frames => Duration is { } length && Fps is { } fps ? Math.Max(1, (long)Math.Round(length.TotalSeconds * fps)) : null;

    /// <summary>The text that marks the line after the report.</summary>
    public const string End = "Output #";

    public static FFmpegReport Read(IReadOnlyList<string> notes)
    {
        string? codec = null;
        double? fps = null;
        TimeSpan? duration = null;
        foreach (string line in notes)
        {
            if (line.Contains(End, StringComparison.Ordinal))
            {
                break;
            }

            if (Length().Match(line) is { Success: true } length)
            {
                duration = TimeSpan.FromHours(Whole(length.Groups[1])) + TimeSpan.FromMinutes(Whole(length.Groups[2]))
                    + TimeSpan.FromSeconds(double.Parse(length.Groups[3].Value, CultureInfo.InvariantCulture));
            }

            if (codec is null && Video().Match(line) is { Success: true } video)
            {
                codec = video.Groups[1].Value;
                fps = Rate().Match(line) is { Success: true } rate ? Number(rate.Groups[1].Value) : null;
            }
        }

        return new FFmpegReport(codec, fps, duration);
    }

    private static int Whole(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    private static double? Number(string text)
    {
        double scale = text.EndsWith('k') ? 1000 : 1;
        return double.TryParse(text.TrimEnd('k'), CultureInfo.InvariantCulture, out double value) && value > 0 ? value * scale : null;
    }

    [GeneratedRegex(@"Duration: (\d{1,6}):(\d\d):(\d\d(?:\.\d+)?)")]
    private static partial Regex Length();

    [GeneratedRegex(@"Stream #.*: Video: ([^ ,]+)")]
    private static partial Regex Video();

    [GeneratedRegex(@" ([\d.]+k?) fps")]
    private static partial Regex Rate();
}
