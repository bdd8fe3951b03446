namespace LiveConv.Media;

/// <summary>Lists the cameras of a Linux system.</summary>
internal static class V4l2Listing
{
    /// <summary>All nodes that can capture, and those that could not be queried.</summary>
    public static IReadOnlyList<CameraListing> List(IVideoSystem system, bool jpegCanBeRead) =>
        [.. system.Nodes().Select(node => Describe(system, node, jpegCanBeRead)).OfType<CameraListing>()];

    /// <summary>Modes, grouped by format.</summary>
    public static CameraFormatListing[] Formats(IReadOnlyList<CameraMode> modes, Func<FourCc, bool> canRead) =>
    [
        .. modes.GroupBy(mode => mode.Code).Select(format => new CameraFormatListing(
            format.Key.ToString(),
            format.First().Description,
            canRead(format.Key),
            [.. format.Where(mode => mode.Size != SizeRange.Any).Select(Size)])),
    ];

    private static CameraListing? Describe(IVideoSystem system, VideoNode node, bool jpegCanBeRead)
    {
        Errno errno = system.Open(node.Path, out IVideoDevice? device);
        if (errno != Errno.None)
        {
            // After its first node a webcam has others, for metadata; they cannot be distinguished by a query here.
            var refused = new V4l2Exception("open", errno);
            return refused.IsGone || node.Identity.Index > 0
                ? null
                : Make(node, node.Identity.Place, [], CameraMessages.Refused(node, refused, system).Message);
        }

        using (device)
        {
            var capability = default(Capability);
            if (device!.Control(Requests.QueryCapability, ref capability) != Errno.None)
            {
                return null;
            }

            uint can = capability.OfThisNode;
            if ((can & CapabilityBits.VideoCapture) == 0)
            {
                return (can & CapabilityBits.MultiPlanarCapture) == 0 ? null
                    : Make(node, capability.BusInfo.ToString(), [], "captures in several planes only, which LiveConv does not read");
            }

            return Make(
                node, capability.BusInfo.ToString(),
                Formats(
                    ModeReader.Read(device!), code => LumaFormats.Find(code) is not null || (jpegCanBeRead && JpegFormats.Contains(code))),
                    null);
        }
    }

    private static CameraListing Make(VideoNode node, string bus, IReadOnlyList<CameraFormatListing> formats, string? problem) =>
        new(node.Number, node.Identity.Name, bus, node.Identity.Stable, node.Path, formats, problem);

    private static CameraSizeListing Size(CameraMode mode) => new(
        mode.Size.MinWidth,
        mode.Size.MinHeight,
        mode.Size.IsOne ? null : new CameraSizeSteps(mode.Size.MaxWidth, mode.Size.MaxHeight, mode.Size.StepWidth, mode.Size.StepHeight),
        [.. mode.Rates.Select(rate => new CameraRateListing(Math.Round(rate.Min, 3), Math.Round(rate.Max, 3)))]);
}
