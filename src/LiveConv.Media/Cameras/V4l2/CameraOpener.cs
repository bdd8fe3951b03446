using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A camera that streams, and what there is to say about it.</summary>
/// <param name="Stream">The running stream, owned by whoever holds this.</param>
/// <param name="Note">Why it does not deliver what was asked for; null when it does.</param>
internal sealed record OpenedCamera(CaptureStream Stream, string? Note);

/// <summary>Opens a node, negotiates its mode and starts it.</summary>
/// <param name="system">Where the node is.</param>
/// <param name="request">What to ask for.</param>
/// <param name="jpegCanBeRead">Whether there is a decoder for MJPG.</param>
/// <param name="stats">Where the stream counts frames that do not go on.</param>
internal sealed class CameraOpener(IVideoSystem system, CameraRequest request, bool jpegCanBeRead, FrameStats? stats)
{
    /// <summary>Opens it. May take seconds when the device does not answer.</summary>
    /// <exception cref="V4l2Exception">The kernel refused; trying again may help.</exception>
    /// <exception cref="LiveConvException">The node is no camera, or offers nothing that can be read.</exception>
    public OpenedCamera Open(VideoNode node)
    {
        V4l2Exception.ThrowIf(system.Open(node.Path, out IVideoDevice? device), "open");
        try
        {
            if (!CameraChoice.Captures(device!))
            {
                // Closed before anything else: a virtual camera lets its program set a format only while nobody else has it open.
                device!.Dispose();
                device = null;
                throw CameraMessages.NotACamera(node);
            }

            FollowSignal(device!);
            IReadOnlyList<CameraMode> modes = ModeReader.Read(device!);
            Granted granted = Negotiator.Settle(device!, modes, request, CanRead)
                ?? throw CameraMessages.NothingReadable(node, modes, jpegCanBeRead);
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

    private bool CanRead(FourCc code) => LumaFormats.Find(code) is not null || (jpegCanBeRead && JpegFormats.Contains(code));

    // Capture cards take the size from what is plugged into them; webcams know neither request, and need neither.
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
