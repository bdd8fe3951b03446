using System.Runtime.InteropServices;
using LiveConv.OpenCv;

namespace LiveConv.Wine.Helper;

/// <summary>
/// Tries the calls to Media Foundation: a text goes into a device's attributes and comes back, and the list of cameras is read, which is
/// empty where there is no camera.
/// </summary>
internal static class MediaFoundation
{
    public static int Run(string text)
    {
        nint attributes = MediaFoundationCameras.NewAttributes();
        Marshal.ThrowExceptionForHR(MediaFoundationCameras.SetText(attributes, MediaFoundationCameras.FriendlyName, text));
        string? back = MediaFoundationCameras.Text(attributes, MediaFoundationCameras.FriendlyName);
        string? absent = MediaFoundationCameras.Text(attributes, MediaFoundationCameras.SymbolicLink);
        int left = Marshal.Release(attributes);
        Console.Error.WriteLine(
            $"same {back == text}, absent {absent is null}, left {left}, cameras {MediaFoundationCameras.List().Count}");
        return 0;
    }
}
