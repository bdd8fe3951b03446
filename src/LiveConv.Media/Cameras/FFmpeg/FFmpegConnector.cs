using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Opens a camera through FFmpeg, which ends when its camera vanishes and hangs when it is silent: each connection is a new FFmpeg
/// process.
/// </summary>
/// <param name="name">Display name.</param>
/// <param name="find">Finds the camera; null while it is away.</param>
/// <param name="plan">The requested mode and its arguments.</param>
/// <param name="tool">FFmpeg.</param>
/// <param name="time">The clock that stamps frames.</param>
internal sealed class FFmpegConnector(string name, Func<FFmpegInput?> find, FFmpegPlan plan, FFmpegTool tool, TimeProvider time)
    : ISourceConnector
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(8);

    // Listing the system's cameras also starts FFmpeg, so it is done less often than elsewhere.
    private static readonly RetryTimings Timings =
        new() { Pause = TimeSpan.FromSeconds(1), MaxPauseWhileAway = TimeSpan.FromSeconds(1) };

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public SourceMode Requested => plan.Requested;

    /// <summary>Creates a source that opens its camera through FFmpeg and reconnects to it; nothing is started yet.</summary>
    /// <param name="name">Display name.</param>
    /// <param name="find">Finds the camera; null while it is away.</param>
    /// <param name="plan">The requested mode and its arguments.</param>
    /// <param name="tool">FFmpeg.</param>
    /// <param name="notices">Receives connection and frame-rate notices, or null.</param>
    /// <param name="time">The clock that stamps frames.</param>
    public static ReconnectingSource Source(
        string name, Func<FFmpegInput?> find, FFmpegPlan plan, FFmpegTool tool, Notices? notices, TimeProvider time) =>
        new(new FFmpegConnector(name, find, plan, tool, time), Timings, time, notices);

    /// <inheritdoc/>
    public ISourceConnection Open(CancellationToken stop)
    {
        // The token that ends FFmpeg: by a stop, or when no image comes.
        var watchdog = CancellationTokenSource.CreateLinkedTokenSource(stop);
        FFmpegSource? source = null;
        try
        {
            source = new FFmpegSource(find() ?? throw CameraMessages.Away(name), plan.Requested, tool, time);
            watchdog.CancelAfter(StartTimeout);
            source.Open(watchdog.Token);
            SourceMode granted = plan.Granted(source.Info.Granted);
            return new FFmpegConnection(source, watchdog, granted, plan.Explain(granted));
        }
        catch (Exception e)
        {
            source?.Dispose();
            watchdog.Dispose();
            throw e switch
            {
                OperationCanceledException when !stop.IsCancellationRequested => new SourceUnavailableException(new LiveConvException(
                    $"{name} delivers no images: unplug it and plug it in again, or close other programs that use it")),
                LiveConvException reason => new SourceUnavailableException(reason),
                _ => e,
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
