using System.Globalization;
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

    /// <summary>The cameras that OpenCV reads where FFmpeg is not there to list them; null where it is, or OpenCV does not load.</summary>
    /// <exception cref="LiveConvException">They cannot be listed.</exception>
    public static IReadOnlyList<CameraListing>? Cameras() =>
        ReadsCameras(CancellationToken.None) && OpenCvSource.Problem is null ? List() : null;

    public static IWindow OpenWindow() => OpenCvWindow.Open();

    /// <summary>The source, if OpenCV reads it; null when another assembly does.</summary>
    public static IFrameSource? Source(
        string text, SourceMode requested, TimeProvider time, Notices notices, FrameStats? stats, CancellationToken stop)
    {
        var spec = SourceSpec.Parse(text);
        try
        {
            return OpenCvSpec.NameIn(text) is { } name ? OpenCvSource.Create(name, requested, time, stats, notices)
                : CameraOf(spec, time, notices, stop) is { } camera ? OpenCvSource.Create(camera, requested, time, stats, notices)
                : null;
        }
        catch (LiveConvException e) when (spec.Kind == SourceKind.Auto)
        {
            notices.Warn($"{e.Message}. Playing the test scene");
            return Sources.Create(new SourceSpec(SourceKind.Test, ""), requested, time, notices, stats);
        }
    }

    /// <summary>Records with OpenCV where FFmpeg is not installed; null when OpenCV is not needed.</summary>
    public static Func<EdgeMaps, IMapSink>? Recorder(RecordingOptions options, LiveSettings settings, RecordingContext context)
    {
        bool isPlain = !options.Lossless && !options.BurnIn && options.What == RecordContent.Both;
        if (!settings.IsRecording || !isPlain || !OpenCvRecorder.CanWrite(options.Path) || RecorderFactory.HasEncoder
            || OpenCvSource.Problem is not null)
        {
            return null;
        }

        var path = RecordingPath.Checked(options, context.Time);
        bool isFirst = true;
        return first =>
        {
            LockedFile file = path.Create(first.Preset.Id, isFirst);
            var alias = new FileAlias(file);
            isFirst = false;
            var recorder = new OpenCvRecorder(
                file.Path, options.Cfr ?? Rate(options, settings, context), context.Notices, context.Stats, context.Files, alias.Path);
            return new OpenCvRecording(recorder, file, alias);
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
    private static bool ReadsCameras(CancellationToken stop) => OperatingSystem.IsWindows() && !CameraCatalog.CanList(stop);

    private static CameraListing[] List() => [.. OpenCvCameras.List().Select(Describe)];

    private static CameraListing Describe(OpenCvCamera camera) =>
        ListedCameras.Describe(camera.Number, camera.Name, "Media Foundation", camera.Identity);

    private static OpenCvCamera? CameraOf(SourceSpec spec, TimeProvider time, Notices notices, CancellationToken stop)
    {
        if (spec.Kind is not (SourceKind.Camera or SourceKind.Auto) || !ReadsCameras(stop))
        {
            return null;
        }

        if (OpenCvSource.Problem is { } problem)
        {
            // What reads cameras without OpenCV says what it needs.
            notices.Warn(problem);
            return null;
        }

        IReadOnlyList<OpenCvCamera> cameras = OpenCvCameras.List();
        CameraListing[] described = [.. cameras.Select(Describe)];
        return cameras[spec.Kind == SourceKind.Camera && spec.Value.Length > 0
            ? ListedCameras.Find(described, spec.Value)
            : ListedCameras.Default(
                described, number => OpenCvSource.IsThere(cameras[number], time, stop), notices, spec.Kind == SourceKind.Camera)];
    }
}
