using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>Keeps frame numbers and media times going on when one source takes over from another.</summary>
internal sealed class TimelineStitcher
{
    // About one frame: where the next source's first frame belongs after the last one of the source before.
    private static readonly TimeSpan Seam = TimeSpan.FromMilliseconds(33);
    private bool? wasUsual = true;
    private long lastNumber = -1;
    private TimeSpan lastTime = -Seam;
    private long numberShift;
    private TimeSpan timeShift;

    /// <summary>The number of the last frame; null before the first.</summary>
    public long? LastNumber => lastNumber < 0 ? null : lastNumber;

    /// <summary>A source starts anew: its first frame goes on after the last one.</summary>
    public void Restart() => wasUsual = null;

    /// <summary>Moves a frame to its place in the stream.</summary>
    /// <param name="frame">As its source numbered it.</param>
    /// <param name="isDefaultSource">Which of the two sources it is from.</param>
    public void Append(Frame frame, bool isDefaultSource)
    {
        if (isDefaultSource != wasUsual)
        {
            wasUsual = isDefaultSource;
            numberShift = lastNumber + 1 - frame.Sequence;
            timeShift = lastTime + Seam - frame.MediaTime;
        }

        frame.Sequence += numberShift;
        frame.MediaTime += timeShift;
        lastNumber = frame.Sequence;
        lastTime = frame.MediaTime;
    }
}
