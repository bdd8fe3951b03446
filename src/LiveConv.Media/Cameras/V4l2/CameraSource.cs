using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// A camera through V4L2. It never freezes: while the camera is away, silent or taken, <see cref="Read"/> waits and says so in
/// <see cref="Info"/>, and goes on by itself with the same camera, at whatever node it comes back.
/// </summary>
internal sealed class CameraSource : IFrameSource
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private readonly IVideoSystem system;
    private readonly string? which;
    private readonly TimeProvider time;
    private readonly FrameStats? stats;
    private readonly CameraConnector link;
    private readonly SourceStatus status;
    private readonly ImageDecoder decoder;
    private readonly CaptureClock clock;
    private readonly CameraRetryPolicy retry = new();
    private CancellationToken stop;
    private VideoNode? node;
    private CameraIdentity[] twins = [];
    private CaptureStream? stream;
    private V4l2Exception? failure;
    private FrameRateProbe rate;
    private bool hadImage;
    private bool onlyDamaged;
    private long quietSince;
    private long sequenceBase;
    private long nextSequence;

    /// <summary>Makes the source; nothing is opened yet.</summary>
    /// <param name="system">Where cameras are.</param>
    /// <param name="which">The user's word for the camera; null for the first one.</param>
    /// <param name="said">What the user requested.</param>
    /// <param name="makeJpegDecoder">Makes a decoder for MJPG; null when there is none on this machine.</param>
    /// <param name="stats">Where frames are counted that do not go on.</param>
    /// <param name="notices">Where it is told when the camera is lost and found, and what rate it really gives.</param>
    /// <param name="time">The clock that stamps frames.</param>
    public CameraSource(
        IVideoSystem system,
        string? which,
        SourceMode said,
        Func<IJpegLuma>? makeJpegDecoder,
        FrameStats? stats,
        Notices? notices,
        TimeProvider time)
    {
        this.system = system;
        this.which = which;
        this.stats = stats;
        this.time = time;
        var request = new CameraRequest(said);
        clock = new CaptureClock(time);
        rate = new FrameRateProbe(time);
        decoder = new ImageDecoder(makeJpegDecoder);
        link = new CameraConnector(new CameraOpener(system, request, makeJpegDecoder is not null, stats));
        status = new SourceStatus(which ?? "camera", request.Mode, notices);
    }

    /// <inheritdoc/>
    public SourceInfo Info => status.Info;

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        node = CameraChoice.Find(system, which);
        twins = [
            .. system.Nodes().Where(other => other.Path != node.Path && other.Identity.IsLike(node.Identity))
            .Select(other => other.Identity)];
        status.OnFound(node.Identity.Name);
        while (!TryStart(node))
        {
            stop.ThrowIfCancellationRequested();

            TimeSpan? pause = failure!.NeedsTheUser ? null : retry.AfterFailure(failure);
            system.AwaitChange(pause ?? throw CameraMessages.Refused(node, failure, system), stop);
        }
    }

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        while (!stop.IsCancellationRequested)
        {
            if (stream is null)
            {
                Recover();
                continue;
            }

            try
            {
                if (ReadFrom(stream, frame))
                {
                    return true;
                }
            }
            catch (V4l2Exception happened)
            {
                // Why is told only if it cannot be opened again: an unplugged camera has many last words.
                Leave();
                Fail(node!, happened, "");
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Leave();
        decoder.Dispose();
    }

    private bool ReadFrom(CaptureStream from, Frame frame)
    {
        bool took = from.TryTake(Step);

        // The format is asked for after the image was taken: whoever changed it before that one was filled is found out here.
        if (from.SignalChanged || (took && !from.FormatHolds()))
        {
            Leave();
            return false;
        }

        if (!took)
        {
            Watch(from);
            return false;
        }

        bool good = decoder.Decode(from, frame);
        long captured = good ? clock.Stamp(from.KernelTime) : 0;
        from.GiveBack();
        if (!good)
        {
            stats?.CountDropped(DropCause.Damaged);
            onlyDamaged = true;
            Watch(from);
            return false;
        }

        frame.Sequence = sequenceBase + from.Position - 1;
        frame.CaptureTimestamp = captured;
        frame.MediaTime = clock.SinceFirst(captured);
        nextSequence = frame.Sequence + 1;
        hadImage = true;
        onlyDamaged = false;
        retry.Image(time.GetElapsedTime(quietSince));
        quietSince = time.GetTimestamp();
        status.OnFrame(frame.Luma.Width, frame.Luma.Height);
        if (rate.Add(from.Position, captured) is { } measured)
        {
            status.OnRateMeasured(measured);
        }

        return true;
    }

    // The device is there and says nothing, or nothing that can be used.
    private void Watch(CaptureStream from)
    {
        TimeSpan quiet = time.GetElapsedTime(quietSince);
        if (quiet >= retry.SilenceBeforeNotice(hadImage, from.Format.Fps))
        {
            status.OnWaiting(onlyDamaged ? ": only damaged images come" : ": no images come");
        }

        if (quiet >= retry.UntilRestart(hadImage, from.Format.Fps))
        {
            retry.Silent(hadImage);
            Leave();
        }
    }

    private void Recover()
    {
        if (CameraChoice.FindAgain(system.Nodes(), node!, twins) is not { } found)
        {
            Fail(node!, null, "");
            return;
        }

        try
        {
            if (!TryStart(found))
            {
                Fail(found, failure, CameraMessages.WhyWaiting(failure, found, system));
            }
        }
        catch (LiveConvException)
        {
            // It was a camera before, and will be again: a virtual one whose program pauses is none meanwhile.
            Fail(found, null, ": it gives no images now");
        }
    }

    private void Fail(VideoNode at, V4l2Exception? why, string clause)
    {
        if (!stop.IsCancellationRequested)
        {
            status.OnWaiting(clause);
            system.AwaitChange(retry.AfterFailure(why) ?? throw CameraMessages.Refused(at, why!, system), stop);
        }
    }

    private bool TryStart(VideoNode at)
    {
        if (link.TryOpen(at, stop, out failure) is not { } opened)
        {
            return false;
        }

        Started(at, opened);
        return true;
    }

    private void Started(VideoNode at, OpenedCamera opened)
    {
        node = at;
        stream = opened.Stream;
        hadImage = false;
        onlyDamaged = false;
        quietSince = time.GetTimestamp();
        sequenceBase = nextSequence;
        retry.Started();
        rate = new FrameRateProbe(time);
        Granted granted = opened.Stream.Format;
        status.OnStreaming(new SourceMode(granted.Width, granted.Height, granted.Fps, granted.Code.ToString()), opened.Note);
    }

    private void Leave()
    {
        if (stream is { } old)
        {
            stream = null;
            link.Close(old);
        }
    }
}
