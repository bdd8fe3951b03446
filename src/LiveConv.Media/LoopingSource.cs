using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A file that starts again at its end. Frame numbers and media times go on without a step back.</summary>
/// <param name="create">Creates the file's source; called for each pass.</param>
public sealed class LoopingSource(Func<IFrameSource> create) : IFrameSource
{
    // Of a file with one frame, such as a photo.
    private static readonly TimeSpan OneFrame = TimeSpan.FromSeconds(1);
    private IFrameSource current = create();
    private CancellationToken stop;
    private long firstNumber;
    private TimeSpan firstTime;
    private (long Number, TimeSpan Time)? last;
    private TimeSpan step = OneFrame;
    private bool hasFrames;

    /// <inheritdoc/>
    public SourceInfo Info => current.Info;

    /// <inheritdoc/>
    public bool IsLive => current.IsLive;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        current.Open(stop);
    }

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        while (!current.Read(frame))
        {
            // A live stream has no start to go back to, and a pass without a frame has no end.
            if (stop.IsCancellationRequested || IsLive || !hasFrames || last is not { } end)
            {
                return false;
            }

            (firstNumber, firstTime, hasFrames) = (end.Number + 1, end.Time + step, false);
            current.Dispose();
            current = create();
            current.Open(stop);
        }

        frame.Sequence += firstNumber;
        frame.MediaTime += firstTime;
        if (hasFrames && last is { } before && frame.MediaTime > before.Time)
        {
            step = frame.MediaTime - before.Time;
        }

        last = (frame.Sequence, frame.MediaTime);
        hasFrames = true;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => current.Dispose();
}
