using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>The images of a browser's camera, of which the newest waits to be read, and whose camera it is. Thread-safe.</summary>
/// <param name="time">The clock of the frames' timestamps.</param>
internal sealed class BrowserImages(TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly LatestFrame newest = new();
    private ICameraPage? owner;
    private SourceInfo? agreed;
    private SourceInfo? info;
    private long started;
    private long arrived;

    /// <summary>What waiting for an image led to.</summary>
    public enum Outcome
    {
        /// <summary>The frame is written.</summary>
        Image,

        /// <summary>No image came in the time allowed.</summary>
        Silence,

        /// <summary>The browser's camera ended, or another started.</summary>
        Changed,

        /// <summary>The run is stopped.</summary>
        Stopped,
    }

    /// <summary>Describes the camera whose images come; null until the first one has come.</summary>
    public SourceInfo? Info => Volatile.Read(ref info);

    /// <summary>Whether an image waits to be read.</summary>
    public bool HasImage => newest.HasImage;

    /// <summary>Gives the camera to a page, or a new size to the page that has it.</summary>
    /// <returns>False when another page has it.</returns>
    public bool TryStart(ICameraPage page, CameraOffer offer)
    {
        lock (gate)
        {
            if (owner is not null && owner != page)
            {
                return false;
            }

            // A camera that only changes its size goes on, and its silence counts from its last image.
            if (owner is null)
            {
                started = arrived = time.GetTimestamp();
            }

            owner = page;
            newest.Clear();
            agreed = offer.Describe();
            Volatile.Write(ref info, info is null ? null : agreed);
            return true;
        }
    }

    /// <summary>Takes the camera from a page.</summary>
    /// <param name="page">The page; null for whichever has it.</param>
    /// <returns>The page that had it; null when there was none, or another one.</returns>
    public ICameraPage? Stop(ICameraPage? page)
    {
        ICameraPage? had;
        lock (gate)
        {
            if (owner is null || (page is not null && owner != page))
            {
                return null;
            }

            had = owner;
            owner = null;
            agreed = null;
            Volatile.Write(ref info, null);
            newest.Clear();
        }

        return had;
    }

    /// <summary>Ends a wait for an image.</summary>
    public void Wake() => newest.Clear();

    /// <summary>Keeps an image in the place of the one before it, whose number is then missing: the source lost it.</summary>
    /// <param name="page">The page; ignored unless it has the camera.</param>
    /// <param name="luma">The image, row by row; ignored unless it is as large as agreed.</param>
    /// <param name="age">How long ago the page had it.</param>
    /// <returns>The camera, when this is the first image of a camera: from now on the stream is its.</returns>
    public SourceInfo? Put(ICameraPage page, ReadOnlySpan<byte> luma, TimeSpan age)
    {
        lock (gate)
        {
            if (owner != page || agreed?.Granted is not { Width: { } width, Height: { } height } || luma.Length != width * height)
            {
                return null;
            }

            arrived = time.GetTimestamp();
            long taken = Math.Max(started, arrived - (long)(age.TotalSeconds * time.TimestampFrequency));
            newest.Put(new ReadOnlyPlaneView<byte>(luma, width, height, width), taken, time.GetElapsedTime(started, taken));
            bool isFirst = info is null;
            Volatile.Write(ref info, agreed);
            return isFirst ? agreed : null;
        }
    }

    /// <summary>Whether a page has the camera and sent no image for so long.</summary>
    public bool IsSilent(TimeSpan max)
    {
        lock (gate)
        {
            return owner is not null && time.GetElapsedTime(arrived) >= max;
        }
    }

    /// <summary>Waits for an image and writes it.</summary>
    /// <param name="frame">Where to write.</param>
    /// <param name="max">How long to wait.</param>
    /// <param name="stop">The run is stopped.</param>
    public Outcome Wait(Frame frame, TimeSpan max, CancellationToken stop) =>
        newest.TryTake(frame, max, stop) ? Outcome.Image
        : stop.IsCancellationRequested ? Outcome.Stopped
        : IsSilent(max) ? Outcome.Silence
        : Outcome.Changed;

    /// <inheritdoc/>
    public void Dispose() => newest.Dispose();
}
