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

    private string System => isMac ? AvFoundation.Format : DirectShow.Format;

    /// <summary>The cameras of this system.</summary>
    /// <param name="stop">Ends every question to FFmpeg.</param>
    /// <exception cref="LiveConvException">FFmpeg is not installed.</exception>
    public static FFmpegCameras Require(CancellationToken stop = default) => new(FFmpegTool.Require("reading a camera", stop: stop));

    /// <summary>The FFmpeg that reads this system's cameras; null where there is none, or one that cannot.</summary>
    /// <param name="stop">Ends every question to FFmpeg.</param>
    public static FFmpegTool? Find(CancellationToken stop = default) =>
        FFmpegTool.Find(stop: stop) is { } tool && tool.CaptureFault(new FFmpegCameras(tool).System) is null ? tool : null;

    /// <summary>All cameras that are connected now.</summary>
    /// <exception cref="LiveConvException">This FFmpeg cannot list any; the message says why, and what to do.</exception>
    public IReadOnlyList<FFmpegDevice> Devices()
    {
        FFmpegAnswer answer = List(isMac ? AvFoundation.ListDevices : DirectShow.ListDevices);
        IReadOnlyList<FFmpegDevice> devices = isMac ? AvFoundation.Devices(answer.Notes) : DirectShow.Devices(answer.Notes);

        // A list that FFmpeg did not finish may lack what tells one camera from another.
        string? fault = tool.FaultOf(answer) ?? (devices.Count > 0 ? null : tool.CaptureFault(System));
        return fault is null ? devices : throw new LiveConvException(fault);
    }

    /// <summary>All modes of a camera; none when they cannot be listed.</summary>
    public IReadOnlyList<CameraMode> Modes(FFmpegDevice device)
    {
        FFmpegAnswer answer = List(isMac ? AvFoundation.ListModes(device) : DirectShow.ListModes(device));
        return answer.Fault is not null ? [] : isMac ? AvFoundation.Modes(answer.Notes) : DirectShow.Modes(answer.Notes);
    }

    /// <summary>All cameras for the user's list.</summary>
    public IReadOnlyList<CameraListing> List() =>
    [
        .. Devices().Select(device => (Device: device, Modes: Modes(device))).Select(camera => new CameraListing(
            camera.Device.Number, camera.Device.Name, System, camera.Device.Identity, null,
            V4l2Listing.Formats(camera.Modes, FFmpegVerdict.CanRead(camera.Modes)),
            FFmpegVerdict.Of(camera.Device, camera.Modes).Problem)),
    ];

    /// <summary>Creates a source for a user who has requested no camera; null when there is none at all.</summary>
    /// <param name="requested">The requested mode.</param>
    /// <param name="otherwise">As for <see cref="DefaultCameraSource{T}"/>.</param>
    /// <param name="notices">Receives what was passed over, and why; or null.</param>
    /// <param name="time">The clock that stamps frames.</param>
    /// <exception cref="LiveConvException">None suits; the message says why, for each.</exception>
    public IFrameSource? Default(SourceMode requested, Func<string, IFrameSource>? otherwise, Notices? notices, TimeProvider time) =>
        Devices() is { Count: > 0 } devices ? DefaultOf(devices, requested, otherwise, notices, time) : null;

    /// <summary>Creates a source for the camera that the user named, or for the default one.</summary>
    /// <exception cref="LiveConvException">There is no such camera, or none of its formats can be read.</exception>
    public IFrameSource Source(string? which, SourceMode requested, Notices? notices, TimeProvider time)
    {
        IReadOnlyList<FFmpegDevice> devices = Devices();
        return string.IsNullOrEmpty(which)
            ? DefaultOf(devices, requested, otherwise: null, notices, time)
            : SourceOf(devices, Find(devices, which), requested, notices, time);
    }

    /// <summary>Finds the camera that the user named.</summary>
    /// <param name="devices">All cameras.</param>
    /// <param name="which">A number, an identity, a name or a part of one.</param>
    /// <exception cref="LiveConvException">There is no such camera, it offers nothing, or there are several.</exception>
    public static FFmpegDevice Find(IReadOnlyList<FFmpegDevice> devices, string which)
    {
        FFmpegDevice found = Named(devices, which);
        return found.HasNoFormat ? throw new LiveConvException(FFmpegVerdict.Of(found, []).Message!) : found;
    }

    /// <summary>Finds a camera in a later list: it may be plugged in elsewhere, where Windows has another name for it.</summary>
    /// <param name="devices">All cameras now.</param>
    /// <param name="before">The camera in the earlier list.</param>
    /// <param name="earlier">All cameras of that list: none of the others is taken for it.</param>
    /// <returns>The camera; null while it is away, and while there are several that may be it.</returns>
    internal static FFmpegDevice? Again(
        IReadOnlyList<FFmpegDevice> devices, FFmpegDevice before, IReadOnlyList<FFmpegDevice> earlier)
    {
        FFmpegDevice[] alike = [.. devices.Where(
            device => device.Name == before.Name && DevicePath.Of(device.Identity) is { } now && DevicePath.Of(before.Identity) is { } then
                && (now.Kind, now.Input) == (then.Kind, then.Input) && earlier.All(other => other.Identity != device.Identity))];
        return devices.FirstOrDefault(device => device.Identity == before.Identity) ?? (alike is [var one] ? one : null);
    }

    /// <summary>Finds the default camera.</summary>
    /// <param name="devices">All cameras.</param>
    /// <param name="look">Finds out what a camera can do. Not called for those after the first good one.</param>
    /// <param name="notices">Receives what was passed over, and why; or null.</param>
    /// <param name="isRequested">As for <see cref="DefaultCamera{T}.Problem"/>.</param>
    /// <exception cref="LiveConvException">There is none that is taken; the message says why, for each.</exception>
    public static FFmpegDevice Default(
        IReadOnlyList<FFmpegDevice> devices, Func<FFmpegDevice, CameraVerdict> look, Notices? notices, bool isRequested)
    {
        DefaultCamera<FFmpegDevice> choice =
            DefaultCamera.Choose(devices.OrderBy(device => device.IsVirtual), device => Judge(device, look(device)))
            ?? throw CameraMessages.NoneFound();
        if (choice.Problem(isRequested) is { } problem)
        {
            throw new LiveConvException(problem);
        }

        // Virtual ones before a good one were not looked at.
        FFmpegDevice best = choice.Best.Camera;
        IEnumerable<JudgedCamera<FFmpegDevice>> unseen = devices
            .Where(device => device.IsVirtual && device.Number < best.Number && choice.Others.All(worse => worse.Camera != device))
            .Select(device => Judge(device, FFmpegVerdict.Of(device, [])));
        IEnumerable<JudgedCamera<FFmpegDevice>> passedOver = choice.PassedOver.Concat(best.IsVirtual ? [] : unseen);
        DefaultCamera.Report(notices, passedOver.OrderBy(worse => worse.Number));
        return best;
    }

    /// <summary>Creates a source for the default camera, and for the next one where that does not start.</summary>
    /// <param name="devices">All cameras.</param>
    /// <param name="look">Finds out what a camera can do. Not called for those after the first good one.</param>
    /// <param name="create">Creates a camera's source.</param>
    /// <param name="otherwise">As for <see cref="DefaultCameraSource{T}"/>; null when the user requested a camera.</param>
    /// <param name="notices">Receives what was passed over, and why; or null.</param>
    /// <exception cref="LiveConvException">There is none that is taken; the message says why, for each.</exception>
    internal static IFrameSource Default(
        IReadOnlyList<FFmpegDevice> devices, Func<FFmpegDevice, CameraVerdict> look, Func<FFmpegDevice, IFrameSource> create,
        Func<string, IFrameSource>? otherwise, Notices? notices)
    {
        Notices once = DefaultCamera.Once(notices);
        return new DefaultCameraSource<FFmpegDevice>(Choose, otherwise, notices);

        (FFmpegDevice, int, IFrameSource)? Choose(IReadOnlyList<FFmpegDevice> failed)
        {
            FFmpegDevice[] left = [.. devices.Except(failed)];
            if (left.Length == 0 && failed.Count > 0)
            {
                return null;
            }

            FFmpegDevice device = Default(left, look, once, isRequested: otherwise is null);
            return device.HasNoFormat
                ? throw new LiveConvException(FFmpegVerdict.Of(device, []).Message!)
                : (device, device.Number, create(device));
        }
    }

    private IFrameSource DefaultOf(
        IReadOnlyList<FFmpegDevice> devices, SourceMode requested, Func<string, IFrameSource>? otherwise, Notices? notices,
        TimeProvider time) =>
        Default(
            devices, device => FFmpegVerdict.Of(device, Modes(device)), device => SourceOf(devices, device, requested, notices, time),
            otherwise, notices);

    private ReconnectingSource SourceOf(
        IReadOnlyList<FFmpegDevice> devices, FFmpegDevice device, SourceMode requested, Notices? notices, TimeProvider time)
    {
        IReadOnlyList<CameraMode> modes = Modes(device);
        CameraVerdict verdict = FFmpegVerdict.Of(device, modes);
        if (!verdict.IsReadable)
        {
            throw new LiveConvException(verdict.Message!);
        }

        var plan = new FFmpegPlan(new CameraRequest(requested), FFmpegVerdict.Requestable(modes, System));
        return FFmpegConnector.Source(
            device.Name,
            wanted => Again(Devices(), device, devices) is { } now
                ? FFmpegInput.Camera(
                    System, now.Address, now.Name, Arguments(wanted, modes), [.. now.Arguments, .. ExtraArguments(wanted.Best)])
                : null,
            plan,
            tool,
            notices,
            time,
            isAddressPlace: System == AvFoundation.Format);
    }

    private SourceMode Arguments(FFmpegPlan plan, IReadOnlyList<CameraMode> modes)
    {
        bool hasOneRate = System == DirectShow.Format && !plan.HasRateChoice && modes.Any(mode => mode.Rates.Count > 0);
        return hasOneRate ? plan.Arguments with { Fps = null } : plan.Arguments;
    }

    private static JudgedCamera<FFmpegDevice> Judge(FFmpegDevice device, CameraVerdict verdict) => new(device, device.Number, verdict);

    private static FFmpegDevice Named(IReadOnlyList<FFmpegDevice> devices, string which)
    {
        if ((devices.FirstOrDefault(device => $"{device.Number}" == which) ?? devices.FirstOrDefault(device => device.Identity == which))
            is { } exact)
        {
            return exact;
        }

        FFmpegDevice[] same = OfPath(devices, which);
        FFmpegDevice[] named = [.. devices.Where(device => device.Name.Equals(which, StringComparison.OrdinalIgnoreCase))];
        FFmpegDevice[] parts = CameraChoice.IsNumber(which)
            ? []
            : [.. devices.Where(device => device.Name.Contains(which, StringComparison.OrdinalIgnoreCase))];
        FFmpegDevice[] usable = [.. parts.Where(device => !device.HasNoFormat)];

        // Of twins the one that can be read is not taken for the other.
        FFmpegDevice[] found = same.Length > 0 ? same : named.Length > 0 ? named : usable.Length > 0 ? usable : parts;
        return found.Length switch
        {
            1 => found[0],
            0 => throw CameraMessages.NoneNamed(which, devices.Select(Title)),
            _ => throw CameraMessages.SeveralNamed(which, found.Select(Title)),
        };
    }

    // Of a device with several inputs each is a camera: where none is the one that was named, the device alone does not say which.
    private static FFmpegDevice[] OfPath(IReadOnlyList<FFmpegDevice> devices, string which)
    {
        if (DevicePath.Of(which) is not { } path)
        {
            return [];
        }

        FFmpegDevice[] inputs = [.. devices.Where(device => DevicePath.Of(device.Identity)?.Device == path.Device)];
        FFmpegDevice[] exact = [.. inputs.Where(device => DevicePath.Of(device.Identity) == path)];
        return exact.Length > 0 ? exact : inputs.Length > 1 ? inputs : [];
    }

    private static string Title(FFmpegDevice device) => $"{device.Number} ({device.Name})";

    private string[] ExtraArguments(Candidate? best) =>
        [.. best is null ? [] : FFmpegPixelFormats.ToArguments(System, best.Code),
        .. System == DirectShow.Format ? DirectShow.BufferArguments(best) : []];

    // FFmpeg prints the list on standard error and then fails.
    private FFmpegAnswer List(string[] arguments) => tool.Answer(arguments, MaxTimeout);
}
