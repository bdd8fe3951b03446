using System.Runtime.InteropServices;
using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>A camera that OpenCV reads by its number.</summary>
/// <param name="Number">The number.</param>
/// <param name="Name">Display name.</param>
/// <param name="Identity">The system's own name for it, the same when it is plugged in again.</param>
public sealed record OpenCvCamera(int Number, string Name, string Identity);

/// <summary>The cameras that OpenCV reads on Windows, with the names that it does not tell itself.</summary>
public static class OpenCvCameras
{
    /// <summary>All cameras, as Media Foundation lists them now.</summary>
    /// <returns>The cameras by number; on other systems none.</returns>
    /// <exception cref="LiveConvException">They cannot be listed.</exception>
    public static IReadOnlyList<OpenCvCamera> List()
    {
        if (!OperatingSystem.IsWindows())
        {
            return [];
        }

        try
        {
            return [.. MediaFoundationCameras.List().Select((camera, number) => new OpenCvCamera(number, camera.Name, camera.Link))];
        }
        catch (Exception e) when (e is COMException or DllNotFoundException or EntryPointNotFoundException or NotImplementedException)
        {
            throw new LiveConvException($"Windows' Media Foundation cannot list the cameras ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }
}
