using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>Counts an image as shown once, when the first page has drawn it; pages that lag behind count nothing. Thread-safe.</summary>
/// <param name="controls">Whether the image is held.</param>
/// <param name="stats">Where images are counted.</param>
/// <param name="time">The clock of the frames' timestamps.</param>
internal sealed class DrawnImages(LiveControls controls, FrameStats stats, TimeProvider time)
{
    private readonly Lock gate = new();
    private uint last;

    /// <summary>A page has drawn an image just now.</summary>
    /// <param name="number">The image's number.</param>
    /// <param name="captureTimestamp">When it was taken; null when it has no age.</param>
    /// <returns>Its age, or null.</returns>
    public DrawnAge? Add(uint number, long? captureTimestamp)
    {
        // A held image may be drawn at any time, by a page that comes late or wants other planes: that is no age.
        captureTimestamp = controls.IsPaused ? null : captureTimestamp;
        lock (gate)
        {
            if (number > last)
            {
                last = number;
                stats.CountShown(captureTimestamp);
            }
        }

        long now = time.GetTimestamp();
        return captureTimestamp is { } taken ? new DrawnAge(time.GetElapsedTime(taken, now), now) : null;
    }
}

/// <summary>The age of an image when a page drew it.</summary>
/// <param name="Age">The age.</param>
/// <param name="At">When it was drawn, in timestamp ticks.</param>
internal readonly record struct DrawnAge(TimeSpan Age, long At);
