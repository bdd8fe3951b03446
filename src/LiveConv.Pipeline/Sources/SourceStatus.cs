namespace LiveConv.Pipeline;

/// <summary>
/// The state of a live source, reported to the user as it changes. Written by the thread that reads the source, read by any.
/// </summary>
/// <param name="name">Display name, as far as it is known.</param>
/// <param name="requested">The requested mode.</param>
/// <param name="notices">Receives connection and frame-rate notices, or null.</param>
internal sealed class SourceStatus(string name, SourceMode requested, Notices? notices)
{
    private const double MinOfGranted = 0.8;
    private volatile SourceInfo info = new(name, requested, new SourceMode());

    /// <summary>The current state.</summary>
    public SourceInfo Info => info;

    /// <summary>The source was found.</summary>
    /// <param name="name">Display name.</param>
    public void OnFound(string name) => info = info with { Name = name };

    /// <summary>The source started streaming.</summary>
    /// <param name="granted">The mode that it delivers.</param>
    /// <param name="note">Why that differs from what was requested; null when it does not.</param>
    /// <param name="times">Where the times of its frames come from.</param>
    public void OnStreaming(SourceMode granted, string? note, TimesOrigin times) =>
        info = info with { Granted = granted, Note = note, Times = times };

    /// <summary>The source ended, and is not waited for.</summary>
    /// <param name="why">The reason.</param>
    public void OnEnded(string why) => info = info with { Ended = why, Waiting = null };

    /// <summary>An image came.</summary>
    /// <param name="width">Its width. A JPEG carries its own size, which need not be the negotiated one.</param>
    /// <param name="height">Its height.</param>
    /// <param name="aspect">The shape of its pixels.</param>
    public void OnFrame(int width, int height, PixelAspect aspect)
    {
        SourceInfo now = info;
        if (now.Waiting is not null)
        {
            now = now with { Waiting = null, Reconnects = now.Reconnects + 1 };
            notices?.Info($"{now.Name} is back: {now.Granted}", Audience.Everybody);
        }

        if (now.Granted.Width != width || now.Granted.Height != height || now.Aspect != aspect)
        {
            now = now with { Granted = now.Granted with { Width = width, Height = height }, Aspect = aspect };
        }

        if (!ReferenceEquals(now, info))
        {
            info = now;
        }
    }

    /// <summary>
    /// The actual rate was measured. A camera promises a rate for good light, and often delivers it only then.
    /// </summary>
    /// <param name="measuredFps">Images per second.</param>
    public void OnRateMeasured(double measuredFps)
    {
        if (info is { Note: null, Granted.Fps: { } granted } && measuredFps < MinOfGranted * granted)
        {
            info = info with { Note = "the camera delivers less than it granted, as many do in dim light" };
        }

        notices?.Info($"{info.Name}: {info.Describe(measuredFps)}", Audience.Everybody);
    }

    /// <summary>No images come.</summary>
    /// <param name="why">The reason as a clause with its colon; empty when the source is simply away.</param>
    public void OnWaiting(string why)
    {
        string waiting = $"waiting for {info.Name}{why}";
        if (info.Waiting != waiting)
        {
            info = info with { Waiting = waiting };
            notices?.Warn(waiting, Audience.Everybody);
        }
    }
}
