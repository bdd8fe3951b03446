using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A streaming camera, with a note about its mode.</summary>
/// <param name="Stream">The running stream, owned by the holder of this record.</param>
/// <param name="Note">Why it does not deliver what was requested; null when it does.</param>
internal sealed record OpenedCamera(CaptureStream Stream, string? Note);

/// <summary>Opens a node, negotiates its mode and starts it.</summary>
/// <param name="system">The system with the node.</param>
/// <param name="request">The requested mode.</param>
/// <param name="jpegCanBeRead">True if there is a decoder for MJPG.</param>
/// <param name="stats">Counts dropped frames; may be null.</param>
internal sealed class CameraOpener(IVideoSystem system, CameraRequest request, bool jpegCanBeRead, FrameStats? stats)
{
    /// <summary>Opens it. May take seconds when the device does not answer.</summary>
    /// <exception cref="V4l2Exception">The kernel refused; retrying may help.</exception>
    /// <exception cref="LiveConvException">The node is no camera, or has no readable format.</exception>
    public OpenedCamera Open(VideoNode node)
    {
        V4l2Exception.ThrowIf(system.Open(node.Path, out IVideoDevice? device), "open");
        try
        {
            ThrowIfReplaced(node);
            if (V4l2Verdict.WhyNoCapture(system, node, device!) is { } verdict)
            {
                // Closed before anything else: a virtual camera lets its program set a format only while no other program has it open.
                device!.Dispose();
                device = null;
                throw new LiveConvException(verdict.Message!);
            }

            FollowSignal(device!);
            IReadOnlyList<CameraMode> modes = ModeReader.Read(device!);
            Granted granted = Negotiator.Negotiate(device!, modes, request, CanRead)
                ?? throw WhyNot(node, modes);
            string? note = ModeReason.Explain(request, granted, modes, CanRead);

            IVideoDevice running = device!;
            device = null;
            return new OpenedCamera(CaptureStream.Start(running, granted, stats), note);
        }
        finally
        {
            device?.Dispose();
        }
    }

    // Numbers are given anew when cameras come and go: while this one is open its node stays its own.
    private void ThrowIfReplaced(VideoNode node)
    {
        bool isThere = system.Nodes().Any(now =>
            now.Path == node.Path && now.Identity.IsLike(node.Identity) && now.Identity.Place == node.Identity.Place);
        V4l2Exception.ThrowIf(isThere ? Errno.None : Errno.NoDevice, "open");
    }

    private LiveConvException WhyNot(VideoNode node, IReadOnlyList<CameraMode> modes)
    {
        FourCc[] codes = [.. modes.Select(mode => mode.Code)];
        CameraVerdict verdict = FormatVerdict.Of(CameraMessages.Title(node), codes, CanRead);
        return verdict.IsReadable ? CameraMessages.NothingAccepted(node, codes) : new LiveConvException(verdict.Message!);
    }

    private bool CanRead(FourCc code) => V4l2Verdict.CanRead(code, jpegCanBeRead);

    // Capture cards take the size from their input signal; webcams support neither request, and need neither.
    private static void FollowSignal(IVideoDevice device)
    {
        var change = new EventSubscription { Type = Constants.SourceChangeEvent };
        _ = device.Control(Requests.SubscribeEvent, ref change);
        var timings = default(DvTimings);
        if (device.Control(Requests.QueryDvTimings, ref timings) == Errno.None)
        {
            _ = device.Control(Requests.SetDvTimings, ref timings);
        }
    }
}
