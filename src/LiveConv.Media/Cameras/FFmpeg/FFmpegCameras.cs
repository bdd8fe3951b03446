using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Cameras through FFmpeg: on Windows and macOS, and for MJPG on Linux without libturbojpeg.</summary>
internal sealed class FFmpegCameras
{
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(10);
    private readonly FFmpegTool tool;
    private readonly bool isMac;

    private FFmpegCameras(FFmpegTool tool)
    {
        this.tool = tool;
        isMac = OperatingSystem.IsMacOS();
    }

    /// <summary>The cameras of this system.</summary>
    /// <exception cref="LiveConvException">FFmpeg is not installed.</exception>
    public static FFmpegCameras Require() => new(FFmpegTool.Require("reading a camera"));

    /// <summary>All cameras that are connected now.</summary>
    public IReadOnlyList<FFmpegDevice> Devices() => isMac
        ? AvFoundation.Devices(List(AvFoundation.ListDevices))
        : DirectShow.Devices(List(DirectShow.ListDevices));

    /// <summary>All modes of a camera.</summary>
    public IReadOnlyList<CameraMode> Modes(FFmpegDevice device) => isMac
        ? AvFoundation.Modes(List(AvFoundation.ListModes(device)))
        : DirectShow.Modes(List(DirectShow.ListModes(device)));

    /// <summary>All cameras for the user's list.</summary>
    public IReadOnlyList<CameraListing> List() =>
    [
        .. Devices().Select(device => new CameraListing(
            device.Number, device.Name, isMac ? AvFoundation.Format : DirectShow.Format, device.Identity, null,
            V4l2Listing.Formats(Modes(device), _ => true), null)),
    ];

    /// <summary>Creates a source for the camera that the user named.</summary>
    /// <exception cref="LiveConvException">There is no such camera.</exception>
    public IFrameSource Source(string? which, SourceMode requested, Notices? notices, TimeProvider time)
    {
        FFmpegDevice device = Find(Devices(), which);
        var plan = new FFmpegPlan(new CameraRequest(requested), Modes(device));
        string system = isMac ? AvFoundation.Format : DirectShow.Format;
        return FFmpegConnector.Source(
            device.Name,
            () => Devices().FirstOrDefault(now => now.Identity == device.Identity) is { } now
                ? FFmpegInput.Camera(system, now.Address, now.Name, plan.Arguments, ExtraArguments(system, plan.Best)) : null,
            plan,
            tool,
            notices,
            time);
    }

    /// <summary>Finds the camera that the user named.</summary>
    /// <exception cref="LiveConvException">There is no such camera, or there are several.</exception>
    public static FFmpegDevice Find(IReadOnlyList<FFmpegDevice> devices, string? which)
    {
        if (which is null)
        {
            return devices.Count > 0 ? devices[0] : throw CameraMessages.NoneFound();
        }

        if (devices.FirstOrDefault(device => $"{device.Number}" == which || device.Identity == which) is { } exact)
        {
            return exact;
        }

        FFmpegDevice[] named = [.. devices.Where(device => device.Name.Equals(which, StringComparison.OrdinalIgnoreCase))];
        FFmpegDevice[] found = named.Length > 0
            ? named
            : [.. devices.Where(device => device.Name.Contains(which, StringComparison.OrdinalIgnoreCase))];
        return found.Length switch
        {
            1 => found[0],
            0 => throw CameraMessages.NoneNamed(which, devices.Select(Title)),
            _ => throw CameraMessages.SeveralNamed(which, found.Select(Title)),
        };
    }

    private static string Title(FFmpegDevice device) => $"{device.Number} ({device.Name})";

    // On Windows the capture interface buffers frames, by default fewer than two of HD.
    private static string[] ExtraArguments(string system, Candidate? best) =>
        [.. best is null ? [] : FFmpegPixelFormats.ToArguments(system, best.Code),
        .. system == DirectShow.Format ? ["-rtbufsize", "64M"] : Array.Empty<string>()];

    // FFmpeg prints the list on standard error and then fails.
    private IReadOnlyList<string> List(string[] arguments)
    {
        using ChildProcess child = ChildProcess.Start(tool.Path, arguments, writes: false);
        return child.WaitForExit(MaxTimeout) ? child.Notes : [];
    }
}
