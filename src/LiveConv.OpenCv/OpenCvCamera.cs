using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>
/// A camera, or a file, through OpenCV's VideoCapture. A thread reads it all the time and keeps the newest image, since OpenCV
/// would queue old ones; of a file no image is left out. A camera that is silent or lost is opened again until it is back.
/// </summary>
public sealed class OpenCvCamera : IFrameSource
{
    private const double MinOddRate = 0.5;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxOpening = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ReopenAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(1);
    private readonly CaptureTarget target;
    private readonly SourceMode requested;
    private readonly TimeProvider time;
    private readonly FrameStats? stats;
    private readonly SourceStatus status;
    private readonly FrameBox box;
    private FrameRateProbe rate;
    private CaptureThread? thread;
    private CancellationToken stop;
    private bool isAnnounced;
    private long lastImage;
    private long lastOpening;
    private long sequence;
    private long lostCounted;
    private TimeSpan mediaOffset;
    private TimeSpan lastMedia;

    /// <summary>Makes a source; nothing is opened yet.</summary>
    /// <param name="name">A camera's index or path, or a file.</param>
    /// <param name="requested">The requested mode; a file is as it is.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="stats">Where images are counted that came faster than they were read; null to count none.</param>
    /// <param name="notices">Receives connection and frame-rate notices, or null.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public OpenCvCamera(string name, SourceMode requested, TimeProvider time, FrameStats? stats = null, Notices? notices = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(time);
        this.requested = requested;
        this.time = time;
        this.stats = stats;
        target = CaptureTarget.Of(name);
        box = new FrameBox(keepsEvery: target.IsFile);
        status = new SourceStatus(target.Name, requested, notices);
        rate = new FrameRateProbe(time);
    }

    /// <inheritdoc/>
    public SourceInfo Info => status.Info;

    /// <inheritdoc/>
    public bool IsLive => !target.IsFile;

    /// <summary>Whether a camera opens and gives an image. Takes as long as the camera does.</summary>
    /// <param name="name">Its index or path.</param>
    /// <param name="time">A clock.</param>
    /// <returns>True when it does.</returns>
    /// <exception cref="LiveConvException">OpenCV does not load.</exception>
    public static bool IsThere(string name, TimeProvider time)
    {
        OpenCvLibrary.Need();
        try
        {
            using OpenCvDevice device = OpenCvDevice.Open(CaptureTarget.Of(name), new SourceMode());
            return device.Read(time, out _) is not null;
        }
        catch (LiveConvException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        OpenCvLibrary.Need();
        this.stop = stop;
        thread = new CaptureThread(target, requested, box, time);
        try
        {
            thread.Opened.WaitAsync(MaxOpening, time, stop).GetAwaiter().GetResult();
        }
        catch (TimeoutException e)
        {
            throw new LiveConvException(
                $"{target.Text} gives no image within {MaxOpening.TotalSeconds:0} s: unplug the camera and plug it in again", e);
        }

        Announce();
        lastImage = time.GetTimestamp();
    }

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        while (!stop.IsCancellationRequested)
        {
            // Asked before the box: what the thread put before it ended is still in there.
            bool isOver = thread!.IsOver;
            if (box.TryTake(frame, isOver ? TimeSpan.Zero : Slice, stop))
            {
                Finish(frame);
                return true;
            }

            if (isOver && target.IsFile)
            {
                return thread.Failure is { } failure ? throw failure : false;
            }

            TimeSpan quiet = time.GetElapsedTime(Math.Max(lastImage, lastOpening));
            if (!target.IsFile && (isOver || quiet > MaxSilence))
            {
                Reopen(isOver && quiet < ReopenAfter);
            }
        }

        return false;
    }

    /// <summary>Closes the device.</summary>
    public void Dispose()
    {
        // A thread that hangs in OpenCV still holds the box.
        if (thread is null || thread.Leave(LeaveTimeout))
        {
            box.Dispose();
        }
    }

    // What was granted is known with a thread's first image; the box may still hold one of the thread before.
    private void Announce()
    {
        if (!isAnnounced && thread!.Opened.IsCompletedSuccessfully)
        {
            isAnnounced = true;
            (SourceMode granted, string backend) = thread.Opened.Result;
            status.OnStreaming(granted, Differs(granted) ? $"{backend} grants {granted} instead of {requested}" : null);
        }
    }

    private bool Differs(SourceMode granted) =>
        !target.IsFile && ((requested.Width ?? granted.Width) != granted.Width || (requested.Height ?? granted.Height) != granted.Height
            || (requested.Format ?? granted.Format) != granted.Format
            || Math.Abs((requested.Fps ?? granted.Fps ?? 0) - (granted.Fps ?? 0)) > MinOddRate);

    private void Finish(Frame frame)
    {
        Announce();
        if (Info.Waiting is not null)
        {
            // The video goes on where it broke off, after the time that the camera was away.
            mediaOffset = lastMedia + time.GetElapsedTime(lastImage, frame.CaptureTimestamp) - frame.MediaTime;
        }

        long lost = box.Replaced;
        lastImage = time.GetTimestamp();
        frame.MediaTime += mediaOffset;
        lastMedia = frame.MediaTime;
        frame.Sequence = sequence++ + lost;
        if (lost > lostCounted)
        {
            stats?.CountDropped(DropCause.Superseded, lost - lostCounted);
            lostCounted = lost;
        }

        status.OnFrame(frame.Luma.Width, frame.Luma.Height);
        if (IsLive && rate.Add(frame.Sequence + 1, frame.CaptureTimestamp) is { } measured)
        {
            status.OnRateMeasured(measured);
        }
    }

    // A thread that is silent, in opening or in reading, gets as much time as an image may take; then another one tries.
    private void Reopen(bool isTooEarly)
    {
        status.OnWaiting("");
        if (isTooEarly)
        {
            stop.WaitHandle.WaitOne(Slice);
            return;
        }

        thread!.Leave(TimeSpan.Zero);
        thread = new CaptureThread(target, requested, box, time);
        isAnnounced = false;
        rate = new FrameRateProbe(time);
        lastOpening = time.GetTimestamp();
        _ = thread.Opened.ContinueWith(static failed => _ = failed.Exception, TaskScheduler.Default);
    }
}
