using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>A video stream of an input, as FFmpeg lists it.</summary>
/// <param name="Index">Its number in the input, such as 0:1.</param>
/// <param name="Codec">The codec's name.</param>
/// <param name="Pixels">The pixel format's name; null when not reported.</param>
/// <param name="Size">Its size, such as 1280x720; null when not reported.</param>
/// <param name="Fps">Frames per second; null when not reported.</param>
/// <param name="BaseRate">The rate that FFmpeg infers from the codec's header or the first frames; null when it infers none.</param>
/// <param name="IsCover">It is an attached image, as music files have.</param>
internal sealed record FFmpegVideoStream(
    string Index, string Codec, string? Pixels, string? Size, double? Fps, double? BaseRate, bool IsCover)
{
    /// <summary>Its alpha is coded as a second stream, which FFmpeg's own decoder ignores.</summary>
    public bool HasHiddenAlpha { get; init; }
}

/// <summary>What FFmpeg reports about an input before its first frame.</summary>
/// <param name="Format">The container's name, or several with commas; null when not reported.</param>
/// <param name="Videos">The video streams.</param>
/// <param name="Chosen">The one that FFmpeg takes: the largest, or the one that is marked as the default; null when not reported.</param>
/// <param name="Duration">The length; null when unknown, as for a live stream.</param>
internal sealed partial record FFmpegReport(
    string? Format, IReadOnlyList<FFmpegVideoStream> Videos, FFmpegVideoStream? Chosen, TimeSpan? Duration)
{
    /// <summary>The rate that FFmpeg assumes where a file knows none.</summary>
    public const double AssumedFps = 25;

    /// <summary>The codec's name; null when not reported.</summary>
    public string? Codec => Chosen?.Codec;

    /// <summary>Frames per second; null when not reported.</summary>
    public double? Fps => Chosen?.Fps;

    /// <summary>The rate that FFmpeg infers; null when it infers none.</summary>
    public double? BaseRate => Chosen?.BaseRate;

    /// <summary>The approximate number of frames.</summary>
    public long? Frames => Duration is { } length && Fps is { } fps ? Math.Max(1, (long)Math.Round(length.TotalSeconds * fps)) : null;

    /// <summary>The streams that are not read, for the user; null when there are none.</summary>
    public string? Others
    {
        get
        {
            string[] others =
            [
                .. Videos.Where(video => video != Chosen && !video.IsCover)
                    .Select(video => $"{video.Size ?? "one of unknown size"} {video.Codec}"),
            ];
            return Chosen is null || others.Length == 0
                ? null
                : $"the one of {others.Length + 1} video streams that players take, not {string.Join(", ", others.Distinct())}";
        }
    }

    /// <summary>True for the report's first line, which FFmpeg prints when it knows the input's streams.</summary>
    public static bool IsStart(string line) => FFmpegLevel.Info(line) is { } text && Input().IsMatch(text);

    /// <summary>True for the line after the report.</summary>
    public static bool IsEnd(string line) => FFmpegLevel.Info(line)?.StartsWith("Output #0, nut, to '", StringComparison.Ordinal) == true;

    /// <summary>Reads the report.</summary>
    /// <param name="notes">FFmpeg's messages with their levels, as far as they have come.</param>
    public static FFmpegReport Read(IReadOnlyList<string> notes)
    {
        var videos = new List<FFmpegVideoStream>();
        string? format = null;
        string? chosen = null;
        TimeSpan? duration = null;
        foreach (string line in notes.TakeWhile(line => !IsEnd(line)).Select(FFmpegLevel.Info).OfType<string>())
        {
            if (format is null && Input().Match(line) is { Success: true } input)
            {
                format = input.Groups[1].Value;
            }
            else if (Length().Match(line) is { Success: true } length)
            {
                duration = TimeSpan.FromHours(Whole(length.Groups[1])) + TimeSpan.FromMinutes(Whole(length.Groups[2]))
                    + TimeSpan.FromSeconds(double.Parse(length.Groups[3].Value, CultureInfo.InvariantCulture));
            }
            else if (Video().Match(line) is { Success: true } video)
            {
                videos.Add(Read(video.Groups[1].Value, video.Groups[2].Value, line));
            }
            else if (videos.Count > 0 && HiddenAlpha().IsMatch(line))
            {
                videos[^1] = videos[^1] with { HasHiddenAlpha = true };
            }
            else if (Mapping().Match(line) is { Success: true } mapping)
            {
                chosen ??= mapping.Groups[1].Value;
            }
        }

        // Programs list a stream again.
        FFmpegVideoStream[] distinct = [.. videos.DistinctBy(video => video.Index)];
        FFmpegVideoStream? taken = distinct.FirstOrDefault(video => video.Index == chosen) ?? distinct.FirstOrDefault();
        return new FFmpegReport(format, distinct, taken, duration);
    }

    private static FFmpegVideoStream Read(string index, string codec, string line) => new(
        index,
        codec,
        Pixels().Match(line) is { Success: true } pixels && pixels.Groups[1].Value != "none" ? pixels.Groups[1].Value : null,
        Size().Match(line) is { Success: true } size ? size.Groups[1].Value : null,
        Rate().Match(line) is { Success: true } rate ? Number(rate.Groups[1].Value) : null,
        Base().Match(line) is { Success: true } inferred ? Number(inferred.Groups[1].Value) : null,
        line.Contains("(attached pic)", StringComparison.Ordinal));

    private static int Whole(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    private static double? Number(string text)
    {
        double scale = text.EndsWith('k') ? 1000 : 1;
        return double.TryParse(text.TrimEnd('k'), CultureInfo.InvariantCulture, out double value) && value > 0 ? value * scale : null;
    }

    [GeneratedRegex(@"^Input #0, (\S+), from '")]
    private static partial Regex Input();

    [GeneratedRegex(@" ([\d.]+k?) tbr")]
    private static partial Regex Base();

    [GeneratedRegex(@"^ +Duration: (\d{1,6}):(\d\d):(\d\d(?:\.\d+)?)")]
    private static partial Regex Length();

    [GeneratedRegex(@"^ +Stream #(\d+:\d+).*: Video: ([^ ,]+)")]
    private static partial Regex Video();

    // The codec may be followed by its profile and its tag, in brackets, and, at log level verbose, by reference frames.
    [GeneratedRegex(@": Video: [^,]+(?:, \d+ reference frames?(?: \([^)]*\))?)?, ([a-z][a-z0-9]*)")]
    private static partial Regex Pixels();

    [GeneratedRegex(@", (\d{1,6}x\d{1,6})\b")]
    private static partial Regex Size();

    [GeneratedRegex(@" ([\d.]+k?) fps")]
    private static partial Regex Rate();

    [GeneratedRegex(@"^ +alpha_mode +: 1\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex HiddenAlpha();

    [GeneratedRegex(@"^ +Stream #(\d+:\d+) -> #0:0 ")]
    private static partial Regex Mapping();
}
