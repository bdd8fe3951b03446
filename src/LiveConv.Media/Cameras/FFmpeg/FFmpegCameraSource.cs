using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// A camera through FFmpeg, which ends when its camera vanishes and hangs when it is silent: this notices both, waits and says so,
/// and starts FFmpeg anew when the camera is back.
/// </summary>
internal sealed class FFmpegCameraSource : IFrameSource
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly string name;
    private readonly Func<FFmpegInput?> find;
    private readonly FFmpegPlan plan;
    private readonly FFmpegTool tool;
    private readonly TimeProvider time;
    private readonly SourceStatus status;
    private FrameRateProbe rate;
    private CancellationToken stop;
    private FFmpegSource? source;
    private CancellationTokenSource? silent;
    private long sequenceBase;
    private long nextSequence;
    private long? first;

    /// <summary>Makes the source; nothing is started yet.</summary>
    /// <param name="name">Display name.</param>
    /// <param name="find">Finds the camera; null while it is away.</param>
    /// <param name="plan">What it is asked for.</param>
    /// <param name="tool">FFmpeg.</param>
    /// <param name="notices">Where it is told when the camera is lost and found, and what rate it really gives.</param>
    /// <param name="time">The clock that stamps frames.</param>
    public FFmpegCameraSource(
        string name, Func<FFmpegInput?> find, FFmpegPlan plan, FFmpegTool tool, Notices? notices, TimeProvider time)
    {
        this.name = name;
        this.find = find;
        this.plan = plan;
        this.tool = tool;
        this.time = time;
        rate = new FrameRateProbe(time);
        status = new SourceStatus(name, plan.Requested, notices);
    }

    /// <inheritdoc/>
    public SourceInfo Info => status.Info;

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        Start(find() ?? throw CameraMessages.Away(name));
    }

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        while (!stop.IsCancellationRequested)
        {
            if (source is null && !TryStart())
            {
                stop.WaitHandle.WaitOne(Look);
            }
            else if (ReadNext(frame))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => Leave();

    private void Start(FFmpegInput input)
    {
        // The watch on this token ends FFmpeg when no image comes; so does a stop.
        silent = CancellationTokenSource.CreateLinkedTokenSource(stop);
        source = new FFmpegSource(input, plan.Requested, tool, time);
        silent.CancelAfter(Grace);
        try
        {
            source.Open(silent.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Leave();
            throw new LiveConvException($"{name} gives no images: unplug it and plug it in again, or close other programs that use it");
        }
        catch
        {
            Leave();
            throw;
        }

        sequenceBase = nextSequence;
        rate = new FrameRateProbe(time);
        SourceMode granted = plan.Granted(source.Info.Granted);
        status.OnStreaming(granted, plan.Explain(granted));
    }

    private bool TryStart()
    {
        try
        {
            if (find() is { } input)
            {
                Start(input);
                return true;
            }

            return false;
        }
        catch (LiveConvException)
        {
            // Still taken, or not ready yet: it is tried again.
            return false;
        }
    }

    private bool ReadNext(Frame frame)
    {
        silent!.CancelAfter(Silence);
        try
        {
            if (source!.Read(frame))
            {
                Delivered(frame);
                return true;
            }
        }
        catch (LiveConvException)
        {
            // FFmpeg's last words about a camera that is gone; that it is gone is said below.
        }

        Leave();
        if (!stop.IsCancellationRequested)
        {
            status.OnWaiting("");
        }

        return false;
    }

    private void Delivered(Frame frame)
    {
        long position = frame.Sequence + 1;
        frame.Sequence += sequenceBase;
        nextSequence = frame.Sequence + 1;
        first ??= frame.CaptureTimestamp;
        frame.MediaTime = time.GetElapsedTime(first.Value, frame.CaptureTimestamp);
        status.OnFrame(frame.Luma.Width, frame.Luma.Height);
        if (rate.Add(position, frame.CaptureTimestamp) is { } measured)
        {
            status.OnRateMeasured(measured);
        }
    }

    private void Leave()
    {
        source?.Dispose();
        silent?.Dispose();
        source = null;
        silent = null;
    }
}
