using LiveConv.Media;
using LiveConv.OpenCv;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>OpenCV in this program: its window, its cameras (on Windows the first choice), and recordings without FFmpeg.</summary>
internal static class OpenCvFeature
{
    private const double UnknownFps = 30;
    private const int MinFramesToMeasure = 30;

    public static bool IsBuilt => true;

    /// <summary>How to read cameras that cannot be listed, for want of FFmpeg; null where there is no other way, or no need.</summary>
    public static string? HintWithoutList => OperatingSystem.IsWindows() && !CameraCatalog.CanList && OpenCvSource.Problem is null
        ? "without it cameras have no names, but --source camera:0, camera:1 and so on are read by OpenCV"
        : null;

    public static IWindow OpenWindow() => OpenCvWindow.Open();

    /// <summary>The source, if OpenCV reads it; null when another assembly does.</summary>
    public static IFrameSource? Source(LiveSettings settings, TimeProvider time, FrameStats stats, Notices notices) =>
        (OpenCvSpec.NameIn(settings.Source) ?? OnWindows(settings.Source, time, notices)) is { } name
            ? OpenCvSource.Create(name, settings.Requested, time, stats, notices)
            : null;

    /// <summary>Records with OpenCV where FFmpeg is not installed; null when OpenCV is not needed.</summary>
    public static Func<EdgeMaps, IMapSink>? Recorder(RecordingOptions options, LiveSettings settings, RecordingContext context)
    {
        bool isPlain = !options.Lossless && !options.BurnIn && options.What == RecordContent.Both;
        if (!settings.IsRecording || !isPlain || !OpenCvRecorder.CanWrite(options.Path) || RecorderFactory.HasEncoder
            || OpenCvSource.Problem is not null)
        {
            return null;
        }

        var path = new RecordingPath(options.Path, options.Overwrite, context.Time, options.Source, options.Rights);
        path.Check();
        bool isFirst = true;
        LockedFile? file = null;
        return first =>
        {
            file?.Dispose();
            file = path.Create(first.Preset.Id, isFirst);
            isFirst = false;
            return new OpenCvRecorder(
                file.Path, options.Cfr ?? Rate(options, settings, context), context.Notices, context.Stats, context.Files);
        };
    }

    // A video has a fixed rate. A camera's declared rate is used only until one has been measured.
    private static double Rate(RecordingOptions options, LiveSettings settings, RecordingContext context)
    {
        bool isVideo = options.Source is not null || settings.Pace == Pace.Max;
        double measured = context.Stats.Live().Fps.In;
        return !isVideo && context.Stats.In >= MinFramesToMeasure && measured is > 0 and <= 1000
            ? measured
            : context.Source().Granted.Fps is { } granted and > 0 and <= 1000 ? granted : UnknownFps;
    }

    // Elsewhere V4L2 and FFmpeg find cameras, and on Windows FFmpeg, whose list has the numbers that users see; OpenCV counts differently.
    // Without FFmpeg there is no list, and OpenCV needs nothing installed.
    private static string? OnWindows(string source, TimeProvider time, Notices notices)
    {
        SourceSpec spec = SourceSpec.Parse(source);
        if (!OperatingSystem.IsWindows() || CameraCatalog.CanList || spec.Kind is not (SourceKind.Camera or SourceKind.Auto))
        {
            return null;
        }

        if (OpenCvSource.Problem is { } problem)
        {
            // What reads cameras without OpenCV says what it needs.
            notices.Warn(problem);
            return null;
        }

        return spec.Kind switch
        {
            SourceKind.Camera when spec.Value.Length == 0 => "0",
            SourceKind.Camera when spec.Value.All(char.IsAsciiDigit) => spec.Value,
            SourceKind.Auto when OpenCvSource.IsThere("0", time) => "0",
            SourceKind.Camera => throw new LiveConvException(
                $"a camera's name takes ffmpeg, which was not found (winget install Gyan.FFmpeg); {HintWithoutList}"),
            _ => null,
        };
    }
}
