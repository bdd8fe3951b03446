using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>
/// A camera, or a file, through OpenCV's VideoCapture. A thread reads it all the time and keeps the newest picture, since OpenCV
/// would queue old ones; of a file no picture is left out. A camera that is silent or lost is opened again until it is back.
/// </summary>
public sealed class OpenCvCamera : IFrameSource
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ReopenAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(1);
    private readonly string name;
    private readonly SourceMode wishes;
    private readonly TimeProvider time;
    private readonly FrameStats? stats;
    private readonly bool isFile;
    private readonly FrameBox box;
    private CaptureThread? thread;
    private CancellationToken stop;
    private SourceInfo info;
    private long lastPicture;
    private long lastOpening;
    private long sequence;
    private long lostCounted;
    private TimeSpan mediaOffset;
    private TimeSpan lastMedia;

    /// <summary>Makes a source; nothing is opened yet.</summary>
    /// <param name="name">A camera's index or path, or a file.</param>
    /// <param name="wishes">The wished mode; a file is as it is.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="stats">Where pictures are counted that came faster than they were read; null to count none.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public OpenCvCamera(string name, SourceMode wishes, TimeProvider time, FrameStats? stats = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(wishes);
        ArgumentNullException.ThrowIfNull(time);
        this.name = name;
        this.wishes = wishes;
        this.time = time;
        this.stats = stats;
        isFile = File.Exists(name) && !name.StartsWith("/dev/", StringComparison.Ordinal);
        box = new FrameBox(keepsEvery: isFile);
        info = new SourceInfo(isFile ? Path.GetFileName(name) : $"camera {name}", wishes, new SourceMode());
    }

    /// <inheritdoc/>
    public SourceInfo Info => Volatile.Read(ref info);

    /// <inheritdoc/>
    public bool IsLive => !isFile;

    /// <summary>Whether a camera opens and gives a picture. Takes as long as the camera does.</summary>
    /// <param name="name">Its index or path.</param>
    /// <param name="time">A clock.</param>
    /// <returns>True when it does.</returns>
    /// <exception cref="LiveConvException">OpenCV does not load.</exception>
    public static bool IsThere(string name, TimeProvider time)
    {
        OpenCvLibrary.Need();
        try
        {
            using OpenCvDevice device = OpenCvDevice.Open(name, new SourceMode());
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
        thread = new CaptureThread(name, wishes, box, time);
        (SourceMode granted, string backend) = thread.Opened.WaitAsync(stop).GetAwaiter().GetResult();
        Take(granted, backend);
        lastPicture = time.GetTimestamp();
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

            if (isOver && isFile)
            {
                return false;
            }

            TimeSpan quiet = time.GetElapsedTime(Math.Max(lastPicture, lastOpening));
            if (isOver || quiet > MostSilence)
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
        if (thread is null || thread.Leave(LeavePatience))
        {
            box.Dispose();
        }
    }

    private void Take(SourceMode granted, string backend) => Volatile.Write(ref info, Info with
    {
        Granted = granted,
        Note = Differs(granted) ? $"{backend} grants {granted} instead of {wishes}" : null,
        Waiting = null,
    });

    private bool Differs(SourceMode granted) =>
        !isFile && ((wishes.Width ?? granted.Width) != granted.Width || (wishes.Height ?? granted.Height) != granted.Height
            || Math.Abs((wishes.Fps ?? granted.Fps ?? 0) - (granted.Fps ?? 0)) > 0.5);

    private void Finish(Frame frame)
    {
        if (Info.Waiting is not null)
        {
            // The film goes on where it broke off, after the time that the camera was away.
            mediaOffset = lastMedia + time.GetElapsedTime(lastPicture, frame.CaptureTimestamp) - frame.MediaTime;
            Volatile.Write(ref info, Info with { Waiting = null, Reconnects = Info.Reconnects + 1 });
        }

        lastPicture = time.GetTimestamp();
        frame.MediaTime += mediaOffset;
        lastMedia = frame.MediaTime;
        frame.Sequence = sequence++ + box.Replaced;
        stats?.CountDropped(DropCause.Superseded, box.Replaced - lostCounted);
        lostCounted = box.Replaced;
    }

    // A thread that is silent, in opening or in reading, gets as much time as a picture may take; then another one tries.
    private void Reopen(bool isTooEarly)
    {
        Volatile.Write(ref info, Info with { Waiting = $"waiting for {Info.Name}" });
        if (isTooEarly)
        {
            stop.WaitHandle.WaitOne(Slice);
            return;
        }

        thread!.Leave(TimeSpan.Zero);
        thread = new CaptureThread(name, wishes, box, time);
        lastOpening = time.GetTimestamp();
        _ = thread.Opened.ContinueWith(static failed => _ = failed.Exception, TaskScheduler.Default);
    }
}
