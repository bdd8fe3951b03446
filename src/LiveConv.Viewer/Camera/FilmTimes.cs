using LiveConv.Pipeline;

namespace LiveConv.Viewer;

/// <summary>Keeps frame numbers and film times going on when one source takes over from another.</summary>
internal sealed class FilmTimes
{
    // About one frame: where the next source's first frame belongs after the last one of the source before.
    private static readonly TimeSpan Seam = TimeSpan.FromMilliseconds(33);
    private bool wasUsual = true;
    private long lastNumber = -1;
    private TimeSpan lastTime = -Seam;
    private long numberShift;
    private TimeSpan timeShift;

    /// <summary>Moves a frame to its place in the film.</summary>
    /// <param name="frame">As its source numbered it.</param>
    /// <param name="isUsual">Which of the two sources it is from.</param>
    public void GoOn(Frame frame, bool isUsual)
    {
        if (isUsual != wasUsual)
        {
            wasUsual = isUsual;
            numberShift = lastNumber + 1 - frame.Sequence;
            timeShift = lastTime + Seam - frame.MediaTime;
        }

        frame.Sequence += numberShift;
        frame.MediaTime += timeShift;
        lastNumber = frame.Sequence;
        lastTime = frame.MediaTime;
    }
}
