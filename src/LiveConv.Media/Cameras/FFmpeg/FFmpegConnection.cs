using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A connection to a camera through FFmpeg.</summary>
/// <param name="source">The open FFmpeg source. Owned.</param>
/// <param name="watchdog">Ends it when no image comes. Owned.</param>
/// <param name="granted">The mode that it delivers.</param>
/// <param name="note">Why that differs from what was requested; null when it does not.</param>
internal sealed class FFmpegConnection(FFmpegSource source, CancellationTokenSource watchdog, SourceMode granted, string? note)
    : ISourceConnection
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public SourceMode Granted => granted;

    /// <inheritdoc/>
    public string? Note => note;

    /// <inheritdoc/>
    public ReadResult Read(Frame frame)
    {
        watchdog.CancelAfter(MaxSilence);
        try
        {
            if (source.Read(frame))
            {
                return ReadResult.Frame;
            }
        }
        catch (LiveConvException e)
        {
            throw new SourceUnavailableException(e);
        }

        throw new SourceUnavailableException(new LiveConvException($"{source.Info.Name} delivers no images"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        watchdog.Dispose();
    }
}
