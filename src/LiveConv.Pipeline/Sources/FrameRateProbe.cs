namespace LiveConv.Pipeline;

/// <summary>Measures the rate that a camera really gives, once per stream, over the first seconds after it has settled.</summary>
/// <param name="time">The clock of the timestamps.</param>
internal sealed class FrameRateProbe(TimeProvider time)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(3);

    // The exposure settles over the first images, and some cameras stutter meanwhile.
    private const long Settled = 5;
    private (long Position, long Timestamp)? start;
    private bool told;

    /// <summary>An image came.</summary>
    /// <param name="position">How many the camera made up to this one, those included that were lost or not looked at.</param>
    /// <param name="timestamp">When it was taken.</param>
    /// <returns>Images per second, once; null before and after.</returns>
    public double? Add(long position, long timestamp)
    {
        if (told || position < Settled)
        {
            return null;
        }

        start ??= (position, timestamp);
        TimeSpan passed = time.GetElapsedTime(start.Value.Timestamp, timestamp);
        if (passed < Long)
        {
            return null;
        }

        told = true;
        return (position - start.Value.Position) / passed.TotalSeconds;
    }
}
