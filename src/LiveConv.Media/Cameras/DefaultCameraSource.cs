using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// The camera of a user who named none. A list does not show which cameras can be read now: where the best one does not open, because
/// another program uses it or the user does not permit it, or where it never sends an image, the next one is taken.
/// </summary>
/// <typeparam name="T">What stands for a camera.</typeparam>
internal sealed class DefaultCameraSource<T> : IFrameSource
    where T : class
{
    private readonly Func<IReadOnlyList<T>, (T Camera, int Number, IFrameSource Source)?> choose;
    private readonly Func<string, IFrameSource>? otherwise;
    private readonly Notices? notices;
    private readonly List<T> failed = [];
    private readonly List<string> reasons = [];
    private T camera;
    private int number;
    private IFrameSource source;
    private CancellationToken stop;
    private bool isOther;
    private bool hadFrame;

    /// <summary>Chooses a camera; nothing is opened yet.</summary>
    /// <param name="choose">
    /// Chooses one beside those that did not start, and creates its source; null when there is no other. Throws where none suits.
    /// </param>
    /// <param name="otherwise">Creates the source that is read when no camera starts, from the reasons; null to fail then.</param>
    /// <param name="notices">Receives what did not start, and why; or null.</param>
    /// <exception cref="LiveConvException">There is no camera, or none suits.</exception>
    public DefaultCameraSource(
        Func<IReadOnlyList<T>, (T Camera, int Number, IFrameSource Source)?> choose, Func<string, IFrameSource>? otherwise,
        Notices? notices)
    {
        this.choose = choose;
        this.otherwise = otherwise;
        this.notices = notices;
        (camera, number, source) = choose(failed) ?? throw CameraMessages.NoneFound();
    }

    /// <inheritdoc/>
    public SourceInfo Info => Volatile.Read(ref source).Info;

    /// <inheritdoc/>
    public bool IsLive => source.IsLive;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        while (true)
        {
            try
            {
                source.Open(stop);
                return;
            }
            catch (LiveConvException e) when (!isOther)
            {
                TakeNext(e.Message);
            }
        }
    }

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        while (true)
        {
            try
            {
                bool isRead = source.Read(frame);
                hadFrame |= isRead;
                return isRead;
            }
            catch (LiveConvException e) when (!hadFrame && !isOther)
            {
                TakeNext(e.Message);
            }

            try
            {
                Open(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    private void TakeNext(string reason)
    {
        source.Dispose();
        Volatile.Write(ref source, Next(reason));
    }

    private IFrameSource Next(string reason)
    {
        failed.Add(camera);
        reasons.Add(reason);
        try
        {
            if (choose(failed) is { } next)
            {
                notices?.Info(FormattableString.Invariant($"passed over: {reason} (ask for it with --source camera:{number})"));
                (camera, number) = (next.Camera, next.Number);
                return next.Source;
            }
        }
        catch (LiveConvException e)
        {
            // What is left does not suit.
            reasons.Add(e.Message);
        }

        isOther = true;
        string all = string.Join("; ", reasons);
        return otherwise is null ? throw new LiveConvException(all) : otherwise(all);
    }
}
