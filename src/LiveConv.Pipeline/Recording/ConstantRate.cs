namespace LiveConv.Pipeline;

/// <summary>
/// Lays frames with times of their own onto a constant rate: a gap repeats the image before it, and of two images for the same
/// moment the first stays. Nothing is moved by more than half a frame.
/// </summary>
/// <param name="rate">The rate.</param>
public sealed class ConstantRate(FrameRate rate)
{
    private long next;

    /// <summary>Images that were written again to fill a gap.</summary>
    public long Repeated { get; private set; }

    /// <summary>Images that were left out.</summary>
    public long LeftOut { get; private set; }

    /// <summary>How often the image before must be written again before this one, and whether this one is written.</summary>
    /// <param name="time">When the image is shown, from the start.</param>
    /// <param name="repeats">How often the image before is written again.</param>
    /// <returns>False when the image is left out.</returns>
    public bool Place(TimeSpan time, out long repeats)
    {
        long slot = (long)Math.Round(time.TotalSeconds * rate.Fps, MidpointRounding.AwayFromZero);
        repeats = 0;
        if (slot < next)
        {
            LeftOut++;
            return false;
        }

        repeats = slot - next;
        Repeated += repeats;
        return true;
    }

    /// <summary>The time of the next image; counts it as written.</summary>
    /// <returns>The time from the start of the file.</returns>
    public TimeSpan Take() => rate.TimeOf(next++);
}
