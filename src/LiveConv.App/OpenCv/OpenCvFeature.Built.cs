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
            return OpenCvSpec.NameIn(text) is { } name
                ? Numbered(name, stop) is { } camera
                    ? OpenCvSource.Create(camera, requested, time, stats, notices)
                    : OpenCvSource.Create(name, requested, time, stats, notices)
                : Camera();
        }
        catch (LiveConvException e) when (spec.Kind == SourceKind.Auto)
        {
            return Scene(e.Message);
        }

        IFrameSource Scene(string why)
        {
            notices.Warn($"{why}. Playing the test scene");
            return Sources.Create(new SourceSpec(SourceKind.Test, ""), requested, time, notices, stats, stop: stop);
        }

        IFrameSource? Camera()
        {
            if (CamerasFor(spec, notices, stop) is not { } cameras)
            {
                return null;
            }

            CameraListing[] described = [.. cameras.Select(Describe)];
            return spec.Kind == SourceKind.Camera && spec.Value.Length > 0
                ? Create(ListedCameras.Find(described, spec.Value))
                : ListedCameras.Default(described, Create, spec.Kind == SourceKind.Auto ? Scene : null, notices);

            IFrameSource Create(int number) => OpenCvSource.Create(cameras[number], requested, time, stats, notices);
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

    // On Windows the same number is the same camera, whichever of the two libraries reads it.
    private static OpenCvCamera? Numbered(string name, CancellationToken stop)
    {
        if (!OperatingSystem.IsWindows() || !name.All(char.IsAsciiDigit) || ReadsCameras(stop) || OpenCvSource.Problem is not null)
        {
            return null;
        }

        IReadOnlyList<CameraListing> listed = CameraCatalog.List();
        CameraListing camera = listed.First(one => one.Number == ListedCameras.Find(listed, name));
        IReadOnlyList<OpenCvCamera> cameras = OpenCvCameras.List();
        return ListedCameras.Same(camera.Identity, [.. cameras.Select(one => one.Identity)]) is { } number
            ? cameras[number]
            : throw new LiveConvException($"OpenCV does not read camera {name} ({camera.Name}): use --source camera:{name}");
    }

    // Null where another library reads the cameras.
    private static IReadOnlyList<OpenCvCamera>? CamerasFor(SourceSpec spec, Notices notices, CancellationToken stop)
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

        return OpenCvCameras.List();
    }
}
