using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A Linux camera whose best mode is MJPG, on a machine where only FFmpeg can read that.</summary>
internal static class FFmpegV4l2Fallback
{
    /// <summary>
    /// Creates a source through FFmpeg; null when the camera's best mode does not need it, or when its modes cannot be read.
    /// </summary>
    public static IFrameSource? TryCreate(
        IVideoSystem system, string? which, SourceMode requested, FFmpegTool tool, Notices? notices, TimeProvider time)
    {
        var request = new CameraRequest(requested);
        VideoNode? node = Find(system, which);
        if (node is null || Modes(system, node) is not { } modes)
        {
            return null;
        }

        var plan = new FFmpegPlan(request, modes);
        if (plan.Best is not { } best || !JpegFormats.Contains(best.Code))
        {
            return null;
        }

        CameraChoice.Find(system, which, notices: notices);
        CameraIdentity[] twins = CameraChoice.TwinsOf(system.Nodes(), node);
        return FFmpegConnector.Source(
            node.Identity.Name,
            wanted => CameraChoice.FindAgain(system.Nodes(), node, twins) is { } now
                ? FFmpegInput.Camera(
                    "v4l2", now.Path, now.Identity.Name, wanted.Arguments, FFmpegPixelFormats.ToArguments("v4l2", best.Code)) : null,
            plan,
            tool,
            notices,
            time,
            isAddressPlace: true);
    }

    private static VideoNode? Find(IVideoSystem system, string? which)
    {
        try
        {
            return CameraChoice.Find(system, which);
        }
        catch (LiveConvException)
        {
            // Opening it the usual way reports what is wrong.
            return null;
        }
    }

    // The modes that LiveConv can read with FFmpeg's help.
    private static CameraMode[]? Modes(IVideoSystem system, VideoNode node)
    {
        if (system.Open(node.Path, out IVideoDevice? device) != Errno.None)
        {
            return null;
        }

        using (device)
        {
            return [.. ModeReader.Read(device!).Where(mode => LumaFormats.Find(mode.Code) is not null || JpegFormats.Contains(mode.Code))];
        }
    }
}
