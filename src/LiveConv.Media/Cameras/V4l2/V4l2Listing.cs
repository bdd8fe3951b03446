namespace LiveConv.Media;

/// <summary>Lists the cameras of a Linux system.</summary>
internal static class V4l2Listing
{
    /// <summary>All cameras, also those that deliver nothing now, with what is wrong with them.</summary>
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
        CameraVerdict verdict = V4l2Verdict.Of(system, node, jpegCanBeRead);
        if (verdict.Rank == CameraRank.None && (verdict.Problem is null || node.Identity.Index > 0))
        {
            return null;
        }

        string bus = node.Identity.Place;
        IReadOnlyList<CameraMode> modes = [];
        if (system.Open(node.Path, out IVideoDevice? device) == Errno.None)
        {
            using (device)
            {
                var capability = default(Capability);
                if (device!.Control(Requests.QueryCapability, ref capability) == Errno.None)
                {
                    bus = capability.BusInfo.ToString();
                    modes = (capability.OfThisNode & CapabilityBits.VideoCapture) == 0 ? [] : ModeReader.Read(device!);
                }
            }
        }

        return Make(node, bus, Formats(modes, code => V4l2Verdict.CanRead(code, jpegCanBeRead)), verdict.Problem);
    }

    private static CameraListing Make(VideoNode node, string bus, IReadOnlyList<CameraFormatListing> formats, string? problem) =>
        new(node.Number, node.Identity.Name, bus, node.Identity.Stable, node.Path, formats, problem);

    private static CameraSizeListing Size(CameraMode mode) => new(
        mode.Size.MinWidth,
        mode.Size.MinHeight,
        mode.Size.IsOne ? null : new CameraSizeSteps(mode.Size.MaxWidth, mode.Size.MaxHeight, mode.Size.StepWidth, mode.Size.StepHeight),
        [.. mode.Rates.Select(rate => new CameraRateListing(Math.Round(rate.Min, 3), rate.IsOpen ? null : Math.Round(rate.Max, 3)))]);
}
