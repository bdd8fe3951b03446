using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A camera that an FFmpeg reads.</summary>
/// <param name="source">The open FFmpeg. Owned.</param>
/// <param name="watchdog">Ends it when no image comes. Owned.</param>
/// <param name="granted">What it delivers.</param>
/// <param name="note">Why that is not what was requested; null when it is.</param>
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

        throw new SourceUnavailableException(new LiveConvException($"{source.Info.Name} gives no images"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        watchdog.Dispose();
    }
}
