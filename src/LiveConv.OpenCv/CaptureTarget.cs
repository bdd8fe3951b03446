using System.Globalization;
using OpenCvSharp;

namespace LiveConv.OpenCv;

/// <summary>What the user named for OpenCV to read.</summary>
/// <param name="Text">A camera's index, its path, a file, or an address.</param>
/// <param name="Index">The index, where it is one.</param>
/// <param name="IsFile">It is a video, or a series of images (img_%02d.png): it has an end, and no mode to be asked for.</param>
internal sealed record CaptureTarget(string Text, int? Index, bool IsFile)
{
    /// <summary>Display name.</summary>
    public string Name => IsFile ? Path.GetFileName(Text) : $"camera {Text}";

    // Some builds of OpenCV would try GStreamer first, which grants no mode.
    private VideoCaptureAPIs Backend =>
        OperatingSystem.IsLinux() && (Index is not null || IsDevice(Text)) ? VideoCaptureAPIs.V4L2 : VideoCaptureAPIs.ANY;

    /// <summary>Reads the user's word. A number is an index, even if a file is called so.</summary>
    public static CaptureTarget Of(string text)
    {
        int? index = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        bool isSeries = text.Contains('%', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal);
        return new(text, index, index is null && (isSeries || (File.Exists(text) && !IsDevice(text))));
    }

    /// <summary>Opens it; whether that went well, the result tells.</summary>
    public VideoCapture Capture() => Index is { } index ? new VideoCapture(index, Backend) : new VideoCapture(Text, Backend);

    // A camera may have a name elsewhere, as a link to its node.
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
