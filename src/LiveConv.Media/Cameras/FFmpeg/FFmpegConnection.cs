using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A connection to a camera through FFmpeg.</summary>
/// <param name="opened">The open FFmpeg source, which ends when no image comes. Owned.</param>
/// <param name="granted">The mode that it delivers.</param>
/// <param name="note">Why that differs from what was requested; null when it does not.</param>
internal sealed class FFmpegConnection(WatchedSource opened, SourceMode granted, string? note) : ISourceConnection
{
    private readonly TimeSpan maxSilence = RetryTimings.ThreeFrames(TimeSpan.FromSeconds(2), granted.Fps);

    /// <inheritdoc/>
    public SourceMode Granted => granted;

    /// <inheritdoc/>
    public string? Note => note;

    /// <inheritdoc/>
    public ReadResult Read(Frame frame)
    {
        opened.EndAfter(maxSilence);
        try
        {
            if (opened.Source.Read(frame))
            {
                return ReadResult.Frame;
            }
        }
        catch (LiveConvException e)
        {
            throw new SourceUnavailableException(e);
        }

        throw new SourceUnavailableException(new LiveConvException($"{opened.Source.Info.Name} delivers no images"));
    }

    /// <inheritdoc/>
    public void Dispose() => opened.Dispose();
}
