namespace LiveConv.Pipeline;

/// <summary>Measures the rate that a camera actually delivers, once per stream, over the first seconds after it has settled.</summary>
/// <param name="time">The clock of the timestamps.</param>
internal sealed class FrameRateProbe(TimeProvider time)
{
    private static readonly TimeSpan MinDuration = TimeSpan.FromSeconds(3);

    // The exposure settles over the first images, and some cameras stutter meanwhile.
    private const long SettlingFrames = 5;
    private (long Position, long Timestamp)? start;
    private bool isDone;

    /// <summary>Adds an image.</summary>
    /// <param name="position">The number of images that the camera has made up to this one, including lost and skipped ones.</param>
    /// <param name="timestamp">When it was captured.</param>
    /// <returns>Images per second, reported once; null before and after.</returns>
    public double? Add(long position, long timestamp)
    {
        if (isDone || position < SettlingFrames)
        {
            return null;
        }

        start ??= (position, timestamp);
        TimeSpan passed = time.GetElapsedTime(start.Value.Timestamp, timestamp);
        if (passed < MinDuration)
        {
            return null;
        }

        isDone = true;
        return (position - start.Value.Position) / passed.TotalSeconds;
    }
}
