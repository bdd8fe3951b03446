namespace LiveConv.Pipeline;

/// <summary>
/// What is known of a live source, reported to the user as it changes. Written by the thread that reads it, read by all.
/// </summary>
/// <param name="name">Display name, as far as it is known.</param>
/// <param name="requested">What it is asked for.</param>
/// <param name="notices">Receives connection and frame-rate notices, or null.</param>
internal sealed class SourceStatus(string name, SourceMode requested, Notices? notices)
{
    private const double MinOfGranted = 0.8;
    private volatile SourceInfo info = new(name, requested, new SourceMode());

    /// <summary>All of it.</summary>
    public SourceInfo Info => info;

    /// <summary>The camera was found, and has this name.</summary>
    /// <param name="name">Display name.</param>
    public void OnFound(string name) => info = info with { Name = name };

    /// <summary>It streams.</summary>
    /// <param name="granted">What it delivers.</param>
    /// <param name="note">Why that is not what was asked for; null when it is.</param>
    public void OnStreaming(SourceMode granted, string? note) => info = info with { Granted = granted, Note = note };

    /// <summary>An image came.</summary>
    /// <param name="width">Its width. A JPEG tells its own size, which need not be the one agreed on.</param>
    /// <param name="height">Its height.</param>
    public void OnFrame(int width, int height)
    {
        SourceInfo now = info;
        if (now.Waiting is not null)
        {
            now = now with { Waiting = null, Reconnects = now.Reconnects + 1 };
            notices?.Info($"{now.Name} is back: {now.Granted}");
        }

        if (now.Granted.Width != width || now.Granted.Height != height)
        {
            now = now with { Granted = now.Granted with { Width = width, Height = height } };
        }

        if (!ReferenceEquals(now, info))
        {
            info = now;
        }
    }

    /// <summary>
    /// It was seen how many images a second it really gives. A camera promises a rate for good light, and often keeps it only there.
    /// </summary>
    /// <param name="measuredFps">Images per second.</param>
    public void OnRateMeasured(double measuredFps)
    {
        if (info is { Note: null, Granted.Fps: { } granted } && measuredFps < MinOfGranted * granted)
        {
            info = info with { Note = "the camera gives less than it granted, as many do in dim light" };
        }

        notices?.Info($"{info.Name}: {info.Describe(measuredFps)}");
    }

    /// <summary>No images come.</summary>
    /// <param name="why">A clause that says why, with its colon; empty when the camera is simply away.</param>
    public void OnWaiting(string why)
    {
        string waiting = $"waiting for {info.Name}{why}";
        if (info.Waiting != waiting)
        {
            info = info with { Waiting = waiting };
            notices?.Warn(waiting);
        }
    }
}
