namespace LiveConv.Pipeline;

/// <summary>
/// Maps frames with individual times to a constant rate: a gap repeats the image before it, and of two images for the same
/// slot the first is kept. Nothing is moved by more than half a frame.
/// </summary>
/// <param name="rate">The rate.</param>
public sealed class ConstantRate(FrameRate rate)
{
    private long next;

    /// <summary>The number of images that were repeated to fill gaps.</summary>
    public long Repeated { get; private set; }

    /// <summary>The number of images that were dropped.</summary>
    public long Dropped { get; private set; }

    /// <summary>Maps an image to its slot: how often the previous image is repeated first, and whether this one is written.</summary>
    /// <param name="time">When the image is shown, from the start.</param>
    /// <param name="repeats">How often the previous image is written again.</param>
    /// <returns>False when the image is dropped.</returns>
    public bool TryMap(TimeSpan time, out long repeats)
    {
        long slot = SlotOf(time);
        repeats = 0;
        if (slot < next)
        {
            Dropped++;
            return false;
        }

        repeats = slot - next;
        Repeated += repeats;
        return true;
    }

    /// <summary>How often the previous image would be repeated before an image.</summary>
    /// <param name="time">When the image is shown, from the start.</param>
    /// <returns>The number; 0 when the image would be dropped.</returns>
    public long RepeatsBefore(TimeSpan time) => Math.Max(0, SlotOf(time) - next);

    /// <summary>Returns the time of the next image and counts it as written.</summary>
    /// <returns>The time from the start of the file.</returns>
    public TimeSpan NextTime() => rate.TimeOf(next++);

    private long SlotOf(TimeSpan time) => (long)Math.Round(time.TotalSeconds * rate.Fps, MidpointRounding.AwayFromZero);
}
