using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Starts recordings: one for every time that recording is switched on. Thread-safe.</summary>
public sealed class RecorderFactory
{
    private const double UnknownFps = 30;
    private readonly RecordingOptions options;
    private readonly RecordingPath path;
    private readonly VideoFormat format;
    private readonly PipeTarget? pipe;
    private readonly FFmpegTool? tool;
    private readonly RecordingContext context;
    private int started;

    private RecorderFactory(
        RecordingOptions options, RecordingPath path, VideoFormat format, FFmpegTool? tool, RecordingContext context,
        PipeTarget? pipe = null)
    {
        this.pipe = pipe;
        this.options = options;
        this.path = path;
        this.format = format;
        this.tool = tool;
        this.context = context;
    }

    /// <summary>Whether this machine has FFmpeg, without which only .y4m and lossless .mkv can be written.</summary>
    public static bool HasEncoder => FFmpegTool.Find() is not null;

    /// <summary>Checks, before a run, that it can be recorded as requested.</summary>
    /// <param name="options">The requested.</param>
    /// <param name="context">What the recordings need to know of the run.</param>
    /// <returns>The factory.</returns>
    /// <exception cref="LiveConvException">It cannot be recorded so; the message says why, and what would work instead.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static RecorderFactory Create(RecordingOptions options, RecordingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Create(options, context, FFmpegTool.Find(stop: context.Stop));
    }

    /// <summary>Begins a recording.</summary>
    /// <param name="first">The first maps that will be recorded; borrowed.</param>
    /// <returns>The recorder. It makes its file with the first maps that it accepts.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="first"/> is null.</exception>
    public IMapSink Start(EdgeMaps first)
    {
        ArgumentNullException.ThrowIfNull(first);
        bool isFirst = Interlocked.Increment(ref started) == 1;
        if (pipe is not null)
        {
            return isFirst || pipe.Path != RecordingOptions.StandardOutput
                ? new PipeRecording(pipe, options, Rate(), context)
                : throw new LiveConvException("standard output takes one recording");
        }

        var timeouts = new EncoderTimeouts(() => options.IsOffline && !context.Stop.IsCancellationRequested);
        return new Recording(options, context, new SegmentFiles(path, format, tool, Rate(), isFirst, timeouts));
    }

    internal static RecorderFactory Create(RecordingOptions options, RecordingContext context, FFmpegTool? tool)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        if (PipeTarget.Is(options.Path))
        {
            var pipe = PipeTarget.Of(options);
            VideoFormat raw = pipe.Container == RecordContainer.Mkv ? VideoFormat.RawMatroska : VideoFormat.Y4m;
            return new RecorderFactory(options, new RecordingPath(options.Path, overwrite: false, context.Time), raw, null, context, pipe);
        }

        VideoFormat format = VideoFormat.Choose(options.Path, options.Lossless, tool);
        var path = RecordingPath.Checked(options, context.Time);
        if (ReferenceEquals(format, VideoFormat.RawMatroska))
        {
            context.Notices.Warn(
                $"ffmpeg was not found ({FFmpegTool.InstallHint}): {Path.GetFileName(options.Path)} will be large, because it is not "
                + "compressed");
        }

        if (format.Encoder is not null)
        {
            // Asked before the run: what is still to be written when it is stopped needs the answer.
            _ = tool?.KeepTimes;
        }

        return new RecorderFactory(options, path, format, tool, context);
    }

    private FrameRate? Rate() =>
        options.Cfr is { } requested ? FrameRate.From(requested)
        : format.HasTimestamps ? null
        : FrameRate.From(context.Source().Granted.Fps is { } fps and > 0 and <= 1000 ? fps : UnknownFps);
}
