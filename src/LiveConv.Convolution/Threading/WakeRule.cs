using System.Diagnostics;

namespace LiveConv.Convolution;

/// <summary>
/// Whether a job should wake sleeping workers: whether the jobs of the last frame, or those of this one so far, were worth
/// it. Jobs that follow each other at once are one frame's. Used by one thread at a time.
/// </summary>
internal sealed class WakeRule(TimeSpan worthWaking)
{
    // Longer than what lies between two jobs of a frame, shorter than what lies between two frames.
    private static readonly long Pause = Stopwatch.Frequency / 5000;

    private readonly long worth = (long)(worthWaking.TotalSeconds * Stopwatch.Frequency);
    private long ended;
    private long lastFrame = long.MaxValue;
    private long thisFrame = long.MaxValue;

    /// <summary>A job starts.</summary>
    /// <param name="now">In ticks of <see cref="Stopwatch"/>.</param>
    /// <returns>Whether to wake the sleeping workers.</returns>
    public bool Begin(long now)
    {
        if (now - ended > Pause)
        {
            lastFrame = thisFrame;
            thisFrame = 0;
        }

        return Math.Max(lastFrame, thisFrame) >= worth;
    }

    /// <summary>The job has ended.</summary>
    /// <param name="now">In ticks of <see cref="Stopwatch"/>.</param>
    /// <param name="work">What all threads together worked on it, in the same ticks.</param>
    public void End(long now, long work)
    {
        thisFrame += work;
        ended = now;
    }
}
