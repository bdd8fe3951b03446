using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>A connection to a camera through a capture thread.</summary>
/// <param name="thread">The thread. Owned.</param>
/// <param name="granted">The mode that it delivers.</param>
/// <param name="note">Why that differs from what was requested; null when it does not.</param>
/// <param name="stats">Counts images that were replaced by newer ones; may be null.</param>
internal sealed class OpenCvConnection(CaptureThread thread, SourceMode granted, string? note, FrameStats? stats) : ISourceConnection
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);
    private long replaced;

    /// <inheritdoc/>
    public SourceMode Granted => granted;

    /// <inheritdoc/>
    public string? Note => note;

    /// <inheritdoc/>
    public ReadResult Read(Frame frame)
    {
        // Read before the image: an image that the thread stored before it ended is still there.
        bool isOver = thread.IsOver;
        if (thread.Images.TryTake(frame, isOver ? TimeSpan.Zero : Slice, CancellationToken.None))
        {
            CountReplaced();
            return ReadResult.Frame;
        }

        return !isOver
            ? ReadResult.Nothing
            : throw new SourceUnavailableException(
                thread.Failure ?? new LiveConvException("the camera delivers no more images: unplug it and plug it in again"));
    }

    /// <inheritdoc/>
    public void Dispose() => thread.Dispose();

    private void CountReplaced()
    {
        long now = thread.Images.Replaced;
        if (now > replaced)
        {
            stats?.CountDropped(DropCause.Superseded, now - replaced);
            replaced = now;
        }
    }
}
