using LiveConv.App.Cli;
using LiveConv.Media;
using LiveConv.OpenCv;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>What OpenCV does in this program: its window, its cameras (on Windows the first choice), recordings without FFmpeg.</summary>
internal static class OpenCvRoom
{
    private const double UnknownFps = 30;
    private const int EnoughToMeasure = 30;

    public static bool IsBuilt => true;

    public static IWindow OpenWindow() => OpenCvWindow.Open();

    /// <summary>The source that OpenCV shall read; null when another room shall.</summary>
    public static IFrameSource? Source(LiveSettings settings, TimeProvider time, FrameStats stats) =>
        (OpenCvSpec.NameIn(settings.Source) ?? OnWindows(settings.Source, time)) is { } name
            ? new OpenCvCamera(name, settings.Wished, time, stats)
            : null;

    /// <summary>Records with OpenCV what FFmpeg cannot, because there is none; null when OpenCV is not needed.</summary>
    public static Func<EdgeMaps, IMapSink>? Recorder(LiveSettings settings, RecordingContext context)
    {
        bool isPlain = !settings.Lossless && !settings.BurnIn && settings.RecordWhat == RecordWhat.Both;
        if (settings.Record is not { } path || !isPlain || !OpenCvRecorder.CanWrite(path) || RecorderFactory.HasEncoder)
        {
            return null;
        }

        if (File.Exists(path) && !settings.Overwrite)
        {
            throw new LiveConvException($"{path} exists: choose another name, or --overwrite");
        }

        int started = 0;
        return _ =>
        {
            string file = started++ == 0 ? path : Path.ChangeExtension(path, null) + $"-{started}" + Path.GetExtension(path);
            return new OpenCvRecorder(file, settings.Cfr ?? MeasuredRate(context), context.Notices);
        };
    }

    // What the source says of its rate is believed only until there is something to measure.
    private static double MeasuredRate(RecordingContext context)
    {
        double measured = context.Stats.Live().Fps.In;
        return context.Stats.In >= EnoughToMeasure && measured is > 0 and <= 1000 ? measured : context.Source().Granted.Fps ?? UnknownFps;
    }

    // Elsewhere V4L2 and FFmpeg find cameras; on Windows OpenCV needs nothing installed.
    private static string? OnWindows(string source, TimeProvider time)
    {
        if (!OperatingSystem.IsWindows())
        {
            return null;
        }

        SourceSpec spec = SourceSpec.Parse(source);
        return spec.Kind switch
        {
            SourceKind.Camera when spec.Value.Length == 0 => "0",
            SourceKind.Camera when spec.Value.All(char.IsAsciiDigit) => spec.Value,
            SourceKind.Auto when OpenCvCamera.IsThere("0", time) => "0",
            _ => null,
        };
    }
}
