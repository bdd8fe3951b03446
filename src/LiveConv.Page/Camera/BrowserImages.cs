using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>The newest image of a browser's camera, and whose camera it is. Thread-safe.</summary>
/// <param name="time">The clock of the frames' timestamps.</param>
internal sealed class BrowserImages(TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim arrivals = new(0, 1);
    private byte[] luma = [];
    private ICameraPage? owner;
    private SourceMode? mode;
    private bool isFresh;
    private long sequence;
    private long started;
    private long arrived;

    /// <summary>What waiting for an image led to.</summary>
    public enum Outcome
    {
        /// <summary>The frame is written.</summary>
        Image,

        /// <summary>Nothing came for long.</summary>
        Silence,

        /// <summary>The browser's camera ended, or another one started.</summary>
        Changed,

        /// <summary>The run is stopped.</summary>
        Stopped,
    }

    /// <summary>The agreed format; null while no browser's camera is in use.</summary>
    public SourceMode? Mode => Volatile.Read(ref mode);

    /// <summary>Gives the camera to a page, or a new size to the page that has it.</summary>
    /// <returns>False when another page has it.</returns>
    public bool TryStart(ICameraPage page, int width, int height)
    {
        lock (gate)
        {
            if (owner is not null && owner != page)
            {
                return false;
            }

            owner = page;
            luma = new byte[width * height];
            isFresh = false;
            started = time.GetTimestamp();
            Volatile.Write(ref mode, new SourceMode(width, height, null, "GRAY8"));
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
            isFresh = false;
            Volatile.Write(ref mode, null);
        }

        Signal();
        return had;
    }

    /// <summary>Keeps an image in the place of the one before it, whose number is then missing: the source lost it.</summary>
    public void Put(ICameraPage page, ReadOnlySpan<byte> image)
    {
        lock (gate)
        {
            if (owner != page || image.Length != luma.Length)
            {
                return;
            }

            image.CopyTo(luma);
            arrived = time.GetTimestamp();
            sequence++;
            isFresh = true;
        }

        Signal();
    }

    /// <summary>Waits for an image and writes it.</summary>
    /// <param name="frame">Where to write.</param>
    /// <param name="max">How long to wait.</param>
    /// <param name="stop">The run is stopped.</param>
    public Outcome Wait(Frame frame, TimeSpan max, CancellationToken stop)
    {
        try
        {
            bool came = TryWrite(frame) || (arrivals.Wait(max, stop) && TryWrite(frame));
            return came ? Outcome.Image : IsSilent(max) ? Outcome.Silence : Outcome.Changed;
        }
        catch (OperationCanceledException)
        {
            return Outcome.Stopped;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => arrivals.Dispose();

    private bool IsSilent(TimeSpan max)
    {
        lock (gate)
        {
            return owner is not null && time.GetElapsedTime(Math.Max(arrived, started)) >= max;
        }
    }

    private bool TryWrite(Frame frame)
    {
        lock (gate)
        {
            if (!isFresh || mode is null)
            {
                return false;
            }

            int width = mode.Width!.Value;
            frame.Resize(width, mode.Height!.Value);
            frame.Luma.CopyFrom(luma);
            frame.Sequence = sequence;
            frame.CaptureTimestamp = arrived;
            frame.MediaTime = time.GetElapsedTime(started, arrived);
            isFresh = false;
            return true;
        }
    }

    private void Signal()
    {
        lock (gate)
        {
            if (arrivals.CurrentCount == 0)
            {
                arrivals.Release();
            }
        }
    }
}
