using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Creates sources.</summary>
public static class Sources
{
    /// <summary>Creates a source; nothing is opened yet.</summary>
    /// <param name="spec">Which source.</param>
    /// <param name="requested">
    /// The requested mode of a camera or the test scene. For files only the rate matters, where a file has no times of its own.
    /// </param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="notices">Receives the notice that the test scene plays because there is no camera.</param>
    /// <param name="stats">Counts a camera's frames that do not reach the reader; may be null.</param>
    /// <param name="isOffline">True if a live stream that is lost is not waited for.</param>
    /// <param name="stop">Ends the questions to FFmpeg about what it can do and which cameras there are, now and later.</param>
    /// <returns>The source; the caller opens and disposes it.</returns>
    /// <exception cref="LiveConvException">There is no such source; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The test scene cannot have that size or rate.</exception>
    public static IFrameSource Create(
        SourceSpec spec, SourceMode requested, TimeProvider time, Notices notices, FrameStats? stats = null,
        bool isOffline = false, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(notices);
        return spec.Kind switch
        {
            SourceKind.Auto => CameraOrScene(requested, time, notices, stats, stop),
            SourceKind.Test => Scene(requested, time),
            SourceKind.Camera =>
                CameraCatalog.Source(spec.Value.Length == 0 ? null : spec.Value, requested, time, stats, notices, stop),
            SourceKind.Url => Address(spec.Value, requested, time, notices, isOffline, stop),
            SourceKind.StandardInput when !StandardStreams.IsInputOpen =>
                throw new LiveConvException("standard input is closed: pipe a Y4M video into this command, or name a file"),
            SourceKind.StandardInput => new Y4mSource("standard input", Console.OpenStandardInput(), requested, time)
            {
                MayBeText = OperatingSystem.IsWindows(),
            },
            _ => VideoFile(spec, requested, time, stop),
        };
    }

    private static NetworkSource Address(
        string url, SourceMode requested, TimeProvider time, Notices notices, bool isOffline, CancellationToken stop)
    {
        RefuseFault(url);
        var connector = new StreamConnector(FFmpegInput.Url(url), requested, FFmpegTool.Require("reading an address", stop: stop), time);
        return new NetworkSource(connector, time, notices, isOffline);
    }

    private static IFrameSource VideoFile(SourceSpec spec, SourceMode requested, TimeProvider time, CancellationToken stop)
    {
        string path = spec.Value;
        if (!File.Exists(path))
        {
            RefuseFault(path);
        }

        InputFile.Check(path);
        if (PnmHeader.FaultOf(path) is { } fault)
        {
            throw new LiveConvException($"{path}: {fault}");
        }

        return Path.GetExtension(path).Equals(".y4m", StringComparison.OrdinalIgnoreCase)
            ? new Y4mSource(path, requested, time)
            : new FFmpegSource(
                FFmpegInput.File(path, spec.AllowsPlaylists), requested,
                FFmpegTool.Require($"reading {Path.GetFileName(path)}", stop: stop), time)
            {
                Entry = spec.Entry,
            };
    }

    private static void RefuseFault(string address)
    {
        if (AddressText.FindFault(address) is { } fault)
        {
            throw new LiveConvException($"{AddressText.ToDisplay(address)}: {fault}");
        }
    }

    private static TestScene Scene(SourceMode requested, TimeProvider time) => new(
        requested.Width ?? TestScene.DefaultWidth,
        requested.Height ?? TestScene.DefaultHeight,
        requested.Fps ?? TestScene.DefaultFps,
        time);

    private static IFrameSource CameraOrScene(
        SourceMode requested, TimeProvider time, Notices notices, FrameStats? stats, CancellationToken stop)
    {
        if (CameraCatalog.Default(requested, time, out string? problem, stats, notices, SceneBecause, stop) is { } camera)
        {
            return camera;
        }

        if (problem is not null)
        {
            return SceneBecause(problem);
        }

        notices.Info("no camera found: playing the test scene");
        return Scene(requested, time);

        TestScene SceneBecause(string reason)
        {
            notices.Warn($"{reason}. Playing the test scene");
            return Scene(requested, time);
        }
    }
}
