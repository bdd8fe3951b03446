using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>How a recording is written.</summary>
/// <param name="Encoder">FFmpeg's encoder; null when LiveConv writes the file itself.</param>
/// <param name="Arguments">The arguments for encoder and container.</param>
/// <param name="HasTimestamps">False when the file has a constant rate instead of a time for every frame.</param>
internal sealed record VideoFormat(string? Encoder, IReadOnlyList<string> Arguments, bool HasTimestamps)
{
    private const string H264 = "libx264";
    private const string Mjpeg = "mjpeg";
    private const string Slices = "-slices";

    // A player or our own crash can end the file anywhere: clusters and fragments go out twice a second, nothing is kept back
    // for better compression (no B-frames, no look-ahead). Gray as H.264 knows it has no chroma, so odd sizes stay.
    private static readonly string[] ToH264 =
        ["-c:v", H264, "-preset", "ultrafast", "-tune", "zerolatency", "-crf", "18", "-g", "60"];

    // x264 leaves limited range unsaid, unless it has something else to say of the signal.
    private static readonly string[] StateRange = ["-x264-params", "videoformat=component"];

    private static readonly string[] InMatroska = ["-cluster_time_limit", "500", "-flush_packets", "1", "-f", "matroska"];

    /// <summary>The raw formats, which need no FFmpeg.</summary>
    public static VideoFormat RawMatroska { get; } = new(null, [], HasTimestamps: true);

    public static VideoFormat Y4m { get; } = new(null, [], HasTimestamps: false);

    private static VideoFormat Matroska { get; } = new(H264, [.. ToH264, .. InMatroska], HasTimestamps: true);

    private static VideoFormat Lossless { get; } = new(
        "ffv1",
        ["-c:v", "ffv1", "-level", "3", Slices, "4", "-slicecrc", "1", "-g", "1", "-thread_type", "slice",
        .. InMatroska],
        HasTimestamps: true);

    private static VideoFormat Mp4 { get; } = new(
        H264,
        [.. ToH264, "-movflags", "+empty_moov+default_base_moof", "-frag_duration", "500000", "-flush_packets", "1", "-f", "mp4"],
        HasTimestamps: true);

    // JPEG without chroma subsampling keeps odd sizes; the chroma is flat and costs next to nothing. Limited range is unofficial in it.
    private static VideoFormat Avi { get; } = new(
        Mjpeg,
        ["-c:v", Mjpeg, "-q:v", "3", "-strict", "unofficial", "-flush_packets", "1", "-f", "avi"],
        HasTimestamps: false);

    /// <summary>The arguments for images of a format. FFV1 has no slices without pixels.</summary>
    /// <param name="image">What the images are like; they are fed as gray.</param>
    public IEnumerable<string> ArgumentsFor(RecordedFormat image)
    {
        bool isThin = Math.Min(image.Width, image.Height) == 1;
        string range = image.Meaning.Range == LumaRange.Full ? "pc" : "tv";
        (string Option, string Parameter, string Value)[] colours = [.. Colours(image.Meaning)];
        string filters = string.Join(',', Filters(image, range, colours.Select(colour => $"{colour.Parameter}={colour.Value}")));
        return
        [
            .. filters.Length == 0 ? [] : (string[])["-vf", filters],
            "-pix_fmt", Pixels(image), "-color_range", range,
            .. Encoder == H264 && image.Meaning.Range == LumaRange.Limited ? StateRange : [],
            .. colours.SelectMany(colour => new[] { colour.Option, colour.Value }),
            .. Arguments.Select((argument, i) => isThin && i > 0 && Arguments[i - 1] == Slices ? "1" : argument),
        ];
    }

    /// <summary>Chooses the format for a file name, and refuses before the run what could not be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lossless">Every pixel as it is.</param>
    /// <param name="tool">FFmpeg, or null when there is none.</param>
    /// <exception cref="LiveConvException">It cannot be recorded so; the message says what would work.</exception>
    public static VideoFormat Choose(string path, bool lossless, FFmpegTool? tool)
    {
        string ending = Path.GetExtension(path).ToUpperInvariant();
        VideoFormat format = (ending, lossless) switch
        {
            (".Y4M", _) => Y4m,
            (".MKV", false) => Matroska,
            (".MKV", true) => Lossless,
            (".MP4", false) => Mp4,
            (".AVI", false) => Avi,
            (".MP4" or ".AVI", true) => throw new LiveConvException($"{path} cannot be lossless: use .mkv or .y4m"),
            ("", _) => throw new LiveConvException($"{path} has no ending that says what to write: use {RecordingOptions.Extensions}"),
            _ => throw new LiveConvException($"{Path.GetExtension(path)} is no format to record to: use {RecordingOptions.Extensions}"),
        };

        if (format.Encoder is null)
        {
            return format;
        }

        if (tool is null)
        {
            return ending == ".MKV"
                ? RawMatroska
                : throw new LiveConvException(
                    $"recording {ending.ToLowerInvariant()} needs ffmpeg, which was not found ({FFmpegTool.InstallHint}); .mkv and .y4m "
                    + "work without it");
        }

        return tool.HasEncoder(format.Encoder)
            ? format
            : throw new LiveConvException($"this ffmpeg has no encoder {format.Encoder}: {Instead(format.Encoder, tool)}");
    }

    private static IEnumerable<(string Option, string Parameter, string Value)> Colours(StreamFormat meaning)
    {
        (string, string, string?)[] all =
        [
            ("-colorspace", "colorspace", meaning.Matrix), ("-color_primaries", "color_primaries", meaning.Primaries),
            ("-color_trc", "color_trc", meaning.Transfer),
        ];
        return all.Where(colour => colour.Item3 is not null)!;
    }

    // FFmpeg takes gray for full range and would convert it to a limited one: the pixels are kept, and marked afterwards.
    private IEnumerable<string> Filters(RecordedFormat image, string range, IEnumerable<string> colours)
    {
        bool isLimited = image.Meaning.Range == LumaRange.Limited;
        if (isLimited)
        {
            yield return $"scale=in_range=pc:out_range=pc,format={Pixels(image)}";
        }

        string marks = string.Join(':', (isLimited ? [$"range={range}"] : Array.Empty<string>()).Concat(colours));
        if (marks.Length > 0)
        {
            yield return "setparams=" + marks;
        }

        if (!image.Meaning.Aspect.IsSquare)
        {
            yield return $"setsar={image.Meaning.Aspect.Width}/{image.Meaning.Aspect.Height}";
        }
    }

    // Only formats with chroma can have limited range. The encoders subsample the chroma of even sizes only.
    private string Pixels(RecordedFormat image)
    {
        bool isFull = image.Meaning.Range == LumaRange.Full;
        bool isEven = image.Width % 2 == 0 && image.Height % 2 == 0;
        return (Encoder, isFull) switch
        {
            (Mjpeg, true) => "yuvj444p",
            (Mjpeg, false) => "yuv444p",
            (_, true) => "gray",
            (_, false) => isEven ? "yuv420p" : "yuv444p",
        };
    }

    private static string Instead(string encoder, FFmpegTool tool) =>
        encoder != H264 ? "use .mkv or .y4m"
        : tool.HasEncoder("ffv1") ? "use .mkv with --lossless, .avi or .y4m"
        : "use .avi or .y4m";
}
