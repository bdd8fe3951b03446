namespace LiveConv.Media;

/// <summary>Judges a video node: whether it is a camera, and what it can do.</summary>
internal static class V4l2Verdict
{
    private const uint Capture = CapabilityBits.VideoCapture;
    private const uint Planes = CapabilityBits.MultiPlanarCapture;
    private const uint Output = CapabilityBits.VideoOutput | CapabilityBits.MultiPlanarOutput;

    /// <summary>Judges a node. Opens it briefly.</summary>
    /// <param name="system">The system with the node.</param>
    /// <param name="node">The node.</param>
    /// <param name="jpegCanBeRead">True if there is a decoder for MJPG.</param>
    public static CameraVerdict Of(IVideoSystem system, VideoNode node, bool jpegCanBeRead)
    {
        try
        {
            V4l2Exception.ThrowIf(system.Open(node.Path, out IVideoDevice? device), "open");
            using (device)
            {
                uint can = Query(device!) ?? 0;
                CameraVerdict verdict = WhyNoCapture(system, node, can) ?? WhyBusy(system, node, device!)
                    ?? FormatVerdict.Of(CameraMessages.Title(node), Codes(device!), code => CanRead(code, jpegCanBeRead));
                return verdict.Rank < CameraRank.Gray && (can & CapabilityBits.MediaController) != 0
                    ? CameraVerdict.Of(
                        CameraRank.Gray, CameraMessages.Title(node), "streams only after libcamera or media-ctl has set it up")
                    : verdict;
            }
        }
        catch (V4l2Exception e)
        {
            // After its first node a webcam has others, for metadata; they cannot be distinguished by a query here.
            string reason = CameraMessages.Refused(node, e, system).Message;
            return e.IsGone || node.Identity.Index > 0
                ? new CameraVerdict(CameraRank.None, null, reason)
                : new CameraVerdict(CameraRank.Unknown, reason, reason);
        }
    }

    /// <summary>Why an open node streams no images; null when it does.</summary>
    /// <exception cref="V4l2Exception">The node cannot be queried.</exception>
    public static CameraVerdict? WhyNoCapture(IVideoSystem system, VideoNode node, IVideoDevice device) =>
        WhyNoCapture(system, node, Query(device) ?? 0);

    /// <summary>True for a format that can be read here.</summary>
    public static bool CanRead(FourCc code, bool jpegCanBeRead) =>
        LumaFormats.Find(code) is not null || (jpegCanBeRead && JpegFormats.Contains(code));

    private static CameraVerdict? WhyNoCapture(IVideoSystem system, VideoNode node, uint can)
    {
        string title = CameraMessages.Title(node);
        return can switch
        {
            _ when (can & Capture) != 0 && (can & CapabilityBits.Streaming) != 0 => null,
            _ when (can & Capture) != 0 =>
                CameraVerdict.Of(CameraRank.Unreadable, title, "does not stream images: it can only be read byte by byte"),
            _ when (can & Planes) != 0 && (can & Output) == 0 => CameraVerdict.Of(
                CameraRank.Unreadable, title, "captures in several planes only, which LiveConv does not read: it needs libcamera"),

            // While no program feeds it, a virtual camera only takes images; after one has, v4l2loopback's does nothing at all.
            _ when ((can & Output) != 0 && (can & Planes) == 0)
                || ((can & CapabilityBits.Streaming) != 0 && (can & ~CapabilityBits.Manners) == 0) => CameraVerdict.Of(
                CameraRank.Unreadable, title, "does not stream images now: if it is a virtual camera, start the program that feeds it"),
            _ when (can & CapabilityBits.MetadataCapture) != 0 =>
                CameraVerdict.Of(CameraRank.None, title, "does not stream images but metadata" + SeeImages(system, node)),
            _ => new CameraVerdict(CameraRank.None, null, $"{title} does not stream images; run 'liveconv cameras' to list those that do"),
        };
    }

    // Who reads a camera owns its buffers. Giving back none, of none that we have, asks only whether that is somebody else.
    private static CameraVerdict? WhyBusy(IVideoSystem system, VideoNode node, IVideoDevice device)
    {
        var none = new BufferRequest { Count = 0, Type = Constants.VideoCapture, Memory = Constants.MemoryMap };
        return device.Control(Requests.RequestBuffers, ref none) == Errno.Busy
            ? CameraVerdict.Of(CameraRank.Unreadable, CameraMessages.Title(node), CameraMessages.Used(system.UserOf(node.Path)))
            : null;
    }

    // The same device's node for images.
    private static string SeeImages(IVideoSystem system, VideoNode node) =>
        system.Nodes().FirstOrDefault(other => other.Identity.Place == node.Identity.Place && other.Identity.Index < node.Identity.Index)
            is { } images
            ? FormattableString.Invariant($": use --source camera:{images.Number} for its images")
            : ": pick a camera (run 'liveconv cameras' to list them)";

    // The capabilities of a node; null for a node of another kind.
    private static uint? Query(IVideoDevice device)
    {
        var capability = default(Capability);
        Errno errno = device.Control(Requests.QueryCapability, ref capability);
        if (errno is Errno.NotATerminal or Errno.Invalid)
        {
            return null;
        }

        V4l2Exception.ThrowIf(errno, "QUERYCAP");
        return capability.OfThisNode;
    }

    // A driver that lists nothing may still deliver something.
    private static IReadOnlyList<FourCc> Codes(IVideoDevice device)
    {
        IReadOnlyList<FourCc> listed = ModeReader.Codes(device);
        return listed.Count > 0 ? listed : ModeReader.Current(device) is { } current ? [current] : [];
    }
}
