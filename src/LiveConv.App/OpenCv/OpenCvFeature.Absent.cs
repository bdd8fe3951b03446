using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>OpenCV in a program that was built without it.</summary>
internal static class OpenCvFeature
{
    public static bool IsBuilt => false;

    public static IReadOnlyList<CameraListing>? Cameras() => null;

    public static IWindow OpenWindow() => throw Absent("use --view window");

    public static IFrameSource? Source(
        string text, SourceMode requested, TimeProvider time, Notices notices, FrameStats? stats, CancellationToken stop) =>
        OpenCvSpec.NameIn(text) is null ? null : throw Absent("use --source camera");

    public static Func<EdgeMaps, IMapSink>? Recorder(RecordingOptions options, LiveSettings settings, RecordingContext context) => null;

    private static LiveConvException Absent(string instead) =>
        new($"this liveconv was built without OpenCV: {instead}, or build it with -p:OpenCv=true");
}
