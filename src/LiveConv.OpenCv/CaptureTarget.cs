using System.Globalization;
using LiveConv.Pipeline;
using OpenCvSharp;

namespace LiveConv.OpenCv;

/// <summary>The camera or file that the user named for OpenCV to read.</summary>
/// <param name="Text">A camera's index or path, or a file.</param>
/// <param name="Index">The index, if it is one.</param>
/// <param name="IsFile">True for a video or a series of images (img_%02d.png), which ends, and has no mode to request.</param>
internal sealed record CaptureTarget(string Text, int? Index, bool IsFile)
{
    /// <summary>The camera of that index, where a list names it; else null.</summary>
    public OpenCvCamera? Camera { get; private init; }

    /// <summary>Display name.</summary>
    public string Name => IsFile ? Path.GetFileName(Text) : Camera?.Name ?? $"camera {Shown}";

    /// <summary>Whether it is a camera, a file or a series of images, and so nothing that OpenCV would look for elsewhere.</summary>
    public bool IsLocal => Index is not null || IsFile || IsDevice(Text);

    /// <summary>The text for messages: of an address nothing that may be a secret.</summary>
    public string Shown => Camera?.Name ?? AddressText.ToDisplay(Text);

    // A number means the same camera every time only in one list. On Windows OpenCV would go on to DirectShow's camera of that number
    // where Media Foundation's does not open; on Linux some builds would try GStreamer first, which does not support requesting a mode.
    // Files have the reader that OpenCvLibrary keeps to videos: the next one that OpenCV would try may follow playlists.
    private VideoCaptureAPIs Backend =>
        IsFile && !OperatingSystem.IsMacOS() ? (IsSeries(Text) ? VideoCaptureAPIs.IMAGES : VideoCaptureAPIs.FFMPEG)
        : OperatingSystem.IsLinux() && (Index is not null || IsDevice(Text)) ? VideoCaptureAPIs.V4L2
        : OperatingSystem.IsWindows() && Index is not null ? VideoCaptureAPIs.MSMF
        : OperatingSystem.IsMacOS() && Index is not null ? VideoCaptureAPIs.AVFOUNDATION
        : VideoCaptureAPIs.ANY;

    /// <summary>Parses the user's text. A number is an index, even if a file has that name.</summary>
    public static CaptureTarget Of(string text)
    {
        int? index = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        return new(text, index, index is null && (IsSeries(text) || (File.Exists(text) && !IsDevice(text))));
    }

    /// <summary>A camera of a list.</summary>
    public static CaptureTarget Of(OpenCvCamera camera) =>
        new(camera.Number.ToString(CultureInfo.InvariantCulture), camera.Number, IsFile: false) { Camera = camera };

    /// <summary>Opens it; the result's IsOpened tells whether that succeeded.</summary>
    public VideoCapture Capture() => Index is { } index
        ? new VideoCapture(index, Backend)
        : new VideoCapture(Path.GetFullPath(Text), Backend); // A name like "concat:a" would be an address.

    private static bool IsSeries(string text) =>
        text.Contains('%', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal) && !File.Exists(text);

    // A camera may be named by a link to its node elsewhere.
    private static bool IsDevice(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            // A link that leads to itself; opening it fails.
        }

        return full.StartsWith("/dev/", StringComparison.Ordinal);
    }
}
