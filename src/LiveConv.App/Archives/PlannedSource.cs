using System.Globalization;
using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>The frames of a unit, each of which is compared with the plan as it is read.</summary>
/// <param name="frames">The frames of the unit, and those before it that kernels over time need; owned.</param>
/// <param name="unit">The unit.</param>
internal sealed class PlannedSource(IFrameSource frames, PlanUnit unit) : IFrameSource
{
    private static readonly TimeSpan MaxError = TimeSpan.FromMilliseconds(0.5);
    private readonly FrameHasher hasher = new();
    private readonly FrameDigest digest = new();
    private bool hasStarted;
    private long count;
    private TimeSpan last;
    private bool isOver;

    public SourceInfo Info => frames.Info;

    public bool IsLive => frames.IsLive;

    public void Open(CancellationToken stop) => frames.Open(stop);

    /// <inheritdoc/>
    /// <exception cref="LiveConvException">The frames are not those that were planned.</exception>
    public bool Read(Frame frame)
    {
        if (isOver || !frames.Read(frame))
        {
            return false;
        }

        UInt128 hash = hasher.Of(frame);
        CheckStart(hash);
        if (frame.Sequence >= unit.First)
        {
            CheckTime(frame.MediaTime, unit.Start, isDue: frame.Sequence == unit.First);
            digest.Add(hash);
            count++;
            last = frame.MediaTime;
        }

        if (frame.Sequence == unit.Last)
        {
            isOver = true;
            CheckTime(last, unit.End, isDue: true);
            Check(PlanUnit.TextOf(digest.Take()) == unit.Hash);
        }

        return true;
    }

    public void Dispose()
    {
        frames.Dispose();
        hasher.Dispose();
        digest.Dispose();
    }

    /// <summary>Whether all frames came. After the last read.</summary>
    /// <exception cref="LiveConvException">Some are missing.</exception>
    public void CheckComplete()
    {
        if (count != unit.Frames)
        {
            throw new LiveConvException(string.Create(
                CultureInfo.InvariantCulture,
                $"{unit.Video.Path} ends after {count} of the unit's {unit.Frames} frames: it is not what was planned; plan it anew"));
        }
    }

    // At once, not when all was filtered.
    private void CheckStart(UInt128 hash)
    {
        Check(hasStarted || PlanUnit.TextOf(hash) == unit.FirstHash);
        hasStarted = true;
    }

    private void CheckTime(TimeSpan at, decimal planned, bool isDue) =>
        Check(!isDue || (at - PlanUnit.TimeOf(planned)).Duration() <= MaxError);

    private void Check(bool isAsPlanned)
    {
        if (!isAsPlanned)
        {
            throw new LiveConvException(
                $"{unit.Video.Path} does not deliver the frames {unit.First} to {unit.Last} that were planned: plan it anew");
        }
    }
}
