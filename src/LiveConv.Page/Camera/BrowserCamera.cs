using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// A source that a page can take over: its frames are those of another source, until a browser sends its camera's, and again when
/// that ends. When that source has ended, its last image may stay. <see cref="IFrameSource"/>'s threading holds; the page's side may
/// call from any thread.
/// </summary>
/// <remarks>Frame numbers and media times go on without a step back when the source changes.</remarks>
public sealed class BrowserCamera : IFrameSource
{
    /// <summary>The longest side of a browser's image.</summary>
    public const int LongestSide = 4096;

    /// <summary>The most pixels of a browser's image.</summary>
    public const int MaxPixels = 1920 * 1200;

    private const string NoImages = "the browser's camera sends no images";
    private volatile IFrameSource fallback;
    private readonly TimeProvider time;
    private readonly Notices notices;
    private readonly BrowserImages images;
    private readonly TimelineStitcher timeline = new();

    // Each change can be another size, and so a new file of a recording.
    private readonly TokenBucket starts;
    private readonly Lock gate = new();
    private TimeSpan pause;
    private long pausedSince;
    private CancellationToken stop;
    private volatile bool hasEnded;
    private volatile bool isReplayRequested;
    private volatile bool canReplay;

    /// <summary>Wraps a source.</summary>
    /// <param name="fallback">The source that frames come from while no browser sends any. Owned: opened and disposed with this.</param>
    /// <param name="time">The clock of the frames' timestamps.</param>
    /// <param name="notices">Receives a notice when a browser's camera starts and ends.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public BrowserCamera(IFrameSource fallback, TimeProvider time, Notices notices)
    {
        ArgumentNullException.ThrowIfNull(fallback);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(notices);
        this.fallback = fallback;
        this.time = time;
        this.notices = notices;
        images = new BrowserImages(time);
        starts = new TokenBucket(time, burst: 6, TimeSpan.FromSeconds(2));
    }

    // Each camera that takes the stream and stops sending holds the image for as long as its silence is waited for.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>After this long without an image, a browser's camera is switched off; five seconds.</summary>
    internal TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The end of a file is no end: its last image stays, until a browser sends its camera's or the run is stopped. False at first.
    /// </summary>
    public bool HoldsLastImage { get; set; }

    /// <summary>
    /// Makes the source anew, to play it again from its start when it has ended and its last image is held; null when it cannot be.
    /// Called on the thread that reads.
    /// </summary>
    public Func<IFrameSource>? MakeAgain { get; init; }

    /// <summary>The source has ended, is more than one image, and can be played again.</summary>
    public bool CanReplay => hasEnded && canReplay;

    /// <summary>
    /// The source has ended and its last image stays. Called with that image's number on the thread that reads; must not block.
    /// </summary>
    public event Action<long>? Ended;

    /// <inheritdoc/>
    public SourceInfo Info =>
        images.Info is { } info ? info
        : hasEnded ? fallback.Info with { Waiting = "ended", IsHeld = true }
        : fallback.Info;

    /// <inheritdoc/>
    public bool IsLive => hasEnded || images.Info is not null || fallback.IsLive;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        fallback.Open(stop);
    }

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (images.Info is null && images.IsSilent(Silence))
        {
            Stop(owner: null, NoImages);
        }

        while (images.Info is not null || hasEnded)
        {
            if (isReplayRequested && images.Info is null)
            {
                Replay();
                continue;
            }

            switch (images.Wait(frame, Silence, stop))
            {
                case BrowserImages.Outcome.Image:
                    timeline.Append(frame, isDefaultSource: false);
                    return true;
                case BrowserImages.Outcome.Stopped:
                    return false;
                case BrowserImages.Outcome.Silence:
                    if (images.Info is not null)
                    {
                        Pause();
                    }

                    Stop(owner: null, NoImages);
                    break;
            }
        }

        if (fallback.Read(frame))
        {
            timeline.Append(frame, isDefaultSource: true);
            return true;
        }

        return TryHold() && Read(frame);
    }

    /// <summary>
    /// For those that read where images are put, on one thread, and must not wait: asked before each <see cref="Read"/>. Ends a browser's
    /// camera that sends no images.
    /// </summary>
    /// <returns>Whether reading does not wait for a browser's image.</returns>
    public bool CanRead()
    {
        if (images.IsSilent(Silence))
        {
            Stop(owner: null, NoImages);
        }

        return images.Info is null ? !hasEnded : images.HasImage;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        fallback.Dispose();
        images.Dispose();
    }

    // A source without an image has nothing to hold, and a live one that ended is a fault.
    private bool TryHold()
    {
        if (!HoldsLastImage || fallback.IsLive || timeline.LastNumber is not { } last || stop.IsCancellationRequested)
        {
            return false;
        }

        canReplay = MakeAgain is not null && last > 0;
        hasEnded = true;
        notices.Info($"{fallback.Info.Name} has ended; its last image stays until q or Ctrl+C", Audience.Terminal);
        Ended?.Invoke(last);
        return true;
    }

    /// <summary>Plays the source again from its start, if it has ended and can be.</summary>
    internal void RequestReplay()
    {
        if (CanReplay)
        {
            isReplayRequested = true;
            images.Wake();
        }
    }

    // A source that cannot be read twice, such as a pipe, leaves its last image where it is.
    private void Replay()
    {
        isReplayRequested = false;
        IFrameSource? again = null;
        try
        {
            again = MakeAgain!();
            again.Open(stop);
        }
        catch (LiveConvException e)
        {
            again?.Dispose();
            canReplay = false;
            notices.Warn($"{fallback.Info.Name} cannot be played again: {e.Message}", Audience.Everybody);
            return;
        }

        fallback.Dispose();
        fallback = again;
        timeline.Restart();
        hasEnded = false;
    }

    /// <summary>Starts a page's camera.</summary>
    /// <param name="owner">The page.</param>
    /// <param name="offer">Its images.</param>
    /// <returns>Why it is refused, or null.</returns>
    internal string? TryStart(ICameraPage owner, CameraOffer offer)
    {
        (int width, int height) = offer;
        if (width < 1 || height < 1 || width > LongestSide || height > LongestSide || width * height > MaxPixels)
        {
            return $"a browser's image has at most {MaxPixels} pixels and {LongestSide} a side";
        }

        if (LeftOfPause() is { Ticks: > 0 } left)
        {
            return $"a camera stopped sending images while it was in use: try again in {Math.Ceiling(left.TotalSeconds)} s";
        }

        if (!starts.TryTake(out TimeSpan wait))
        {
            return $"cameras were switched too often: try again in {Math.Ceiling(wait.TotalSeconds)} s";
        }

        return images.TryStart(owner, offer) ? null : "Someone else's camera is on.";
    }

    /// <summary>A page sends an image. Ignored when the page's camera is not in use any more.</summary>
    /// <param name="owner">The page.</param>
    /// <param name="luma">The image, row by row, as large as agreed.</param>
    /// <param name="age">How long ago the page had it.</param>
    internal void Put(ICameraPage owner, ReadOnlySpan<byte> luma, TimeSpan age)
    {
        if (images.Put(owner, luma, age) is { Granted: var mode })
        {
            notices.Info($"Camera on: {mode.Width}x{mode.Height}, from a browser", Audience.Everybody);
        }
    }

    /// <summary>Ends a page's camera, if it is in use; the fallback source goes on.</summary>
    /// <param name="owner">The page; null for whichever it is, which is then notified.</param>
    /// <param name="why">For the user.</param>
    internal void Stop(ICameraPage? owner, string why)
    {
        if (images.Stop(owner) is not { } page)
        {
            return;
        }

        notices.Info(hasEnded ? why : $"{why}; {fallback.Info.Name} goes on", Audience.Everybody);
        if (owner is null)
        {
            page.OnCameraRevoked(why);
        }
    }

    // Twice as long each time; ten minutes after the last one it is forgotten.
    private void Pause()
    {
        lock (gate)
        {
            bool isForgotten = pause == TimeSpan.Zero || time.GetElapsedTime(pausedSince) > 2 * LongestPause;
            pause = isForgotten ? FirstPause : 2 * pause < LongestPause ? 2 * pause : LongestPause;
            pausedSince = time.GetTimestamp();
        }
    }

    private TimeSpan LeftOfPause()
    {
        lock (gate)
        {
            return pause - time.GetElapsedTime(pausedSince);
        }
    }
}
