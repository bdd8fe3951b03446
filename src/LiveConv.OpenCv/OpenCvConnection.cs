using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>A camera that a capture thread reads.</summary>
/// <param name="thread">The thread. Owned.</param>
/// <param name="granted">What it delivers.</param>
/// <param name="note">Why that is not what was requested; null when it is.</param>
/// <param name="stats">Where images are counted that were replaced by newer ones; null to count none.</param>
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
        // Read before the image: what the thread put before it ended is still there.
        bool isOver = thread.IsOver;
        if (thread.Images.TryTake(frame, isOver ? TimeSpan.Zero : Slice, CancellationToken.None))
        {
            CountReplaced();
            return ReadResult.Frame;
        }

        return !isOver
            ? ReadResult.Nothing
            : throw new SourceUnavailableException(
                thread.Failure ?? new LiveConvException("the camera gives no more images: unplug it and plug it in again"));
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
