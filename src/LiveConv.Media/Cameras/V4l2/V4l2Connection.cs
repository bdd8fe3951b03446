using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A connection to a camera through V4L2.</summary>
/// <param name="connector">The connector that opened it.</param>
/// <param name="opened">The running stream. Owned.</param>
/// <param name="decoder">Decodes its images; outlives it.</param>
/// <param name="clock">Stamps its images; outlives it.</param>
/// <param name="stats">Counts damaged images; may be null.</param>
internal sealed class V4l2Connection(
    V4l2Connector connector, OpenedCamera opened, ImageDecoder decoder, CaptureClock clock, FrameStats? stats) : ISourceConnection
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);
    private readonly CaptureStream stream = opened.Stream;

    /// <inheritdoc/>
    public SourceMode Granted { get; } = Mode(opened.Stream.Format);

    /// <inheritdoc/>
    public string? Note => opened.Note;

    /// <inheritdoc/>
    public ReadResult Read(Frame frame)
    {
        try
        {
            return ReadNewest(frame);
        }
        catch (V4l2Exception e)
        {
            throw connector.Lost(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connector.Close(stream);

    private static SourceMode Mode(Granted granted) => new(granted.Width, granted.Height, granted.Fps, granted.Code.ToString());

    private ReadResult ReadNewest(Frame frame)
    {
        bool isTaken = stream.TryTake(Slice);

        // The format is read after the image was taken, which reveals that another program changed it before this image was filled.
        if (stream.SignalChanged || (isTaken && !stream.IsFormatUnchanged()))
        {
            return ReadResult.FormatChanged;
        }

        if (!isTaken)
        {
            return ReadResult.Nothing;
        }

        bool isGood = decoder.Decode(stream, frame);
        frame.Sequence = stream.Position - 1;
        frame.CaptureTimestamp = isGood ? clock.Stamp(stream.KernelTime) : 0;
        stream.ReturnBuffer();
        if (isGood)
        {
            return ReadResult.Frame;
        }

        stats?.CountDropped(DropCause.Damaged);
        return ReadResult.Damaged;
    }
}
