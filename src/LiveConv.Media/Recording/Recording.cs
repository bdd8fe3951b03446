using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>
/// One recording, from switching on to switching off: composes the image of each frame and writes it with its time. Goes on in
/// a new file when the image's size or format changes or the encoder dies.
/// </summary>
internal sealed class Recording : IMapSink
{
    private const int MaxDeaths = 3;

    // Deaths further apart than this have nothing to do with each other.
    private static readonly TimeSpan GoodLife = TimeSpan.FromMinutes(1);

    // With the time that a hanging encoder is given, a stop takes less than five seconds.
    private static readonly TimeSpan TimeToCountLosses = TimeSpan.FromSeconds(1.5);
    private readonly RecordingContext context;
    private readonly SegmentFiles files;
    private readonly RecordingOptions options;
    private readonly RecordedImage image;
    private readonly StallWatch watch;
    private readonly List<FrameGap> unnoted = [];
    private readonly List<Task> losses = [];
    private readonly CancellationTokenSource stopCounting;
    private Segment? segment;
    private RecordedFormat format = new(0, 0, StreamFormat.Default);
    private int deaths;
    private bool isDisposed;

    public Recording(RecordingOptions options, RecordingContext context, SegmentFiles files)
    {
        this.options = options;
        this.context = context;
        this.files = files;
        image = new RecordedImage(options, context);
        stopCounting = new CancellationTokenSource(Timeout.InfiniteTimeSpan, context.Time);
        watch = new StallWatch(context.Time, files.Timeout, OnStall);
    }

    /// <inheritdoc/>
    public ValueTask AcceptAsync(EdgeMaps maps)
    {
        using (maps)
        {
            image.Take(maps);
            if (segment is { } done && !format.Is(image.Width, image.Height, image.Format))
            {
                string change = (format.Width, format.Height) == (image.Width, image.Height)
                    ? "the format of the images has changed"
                    : $"the image is now {image.Width}x{image.Height}";
                context.Notices.Info($"{change}: the recording goes on in a new file");
                Finish(done, Survive);
            }

            if (segment is { } gapped)
            {
                CheckGap(gapped, maps.Frame.MediaTime);
            }

            Write(maps);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void OnGap(FrameGap frames)
    {
        // Between two files: the next one notes it.
        if (segment is null)
        {
            unnoted.Add(frames);
        }
        else
        {
            segment.OnGap(frames);
        }
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync()
    {
        if (segment is { } done)
        {
            Finish(done, Fail);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        watch.Dispose();
        if (segment is { } left)
        {
            Abandon(left, "the recording was given up", DropCause.EncoderDied);
        }

        stopCounting.CancelAfter(TimeToCountLosses);
        await Task.WhenAll(losses).ConfigureAwait(false);
        stopCounting.Dispose();
    }

    // A constant rate fills gaps with repeated frames, and a long gap would fill the disk.
    private void CheckGap(Segment file, TimeSpan mediaTime)
    {
        long repeats = file.RepeatsBefore(mediaTime);
        if (repeats == 0 || files.Rate is not { } rate || GapLimit.IsShort(repeats, rate))
        {
            return;
        }

        string gap = GapLimit.Describe(repeats, rate);
        string name = Path.GetFileName(file.Path);
        if (repeats <= GapLimit.MaxRepeats(rate, image.Pixels.Length, files.Encoder is null, file.Path))
        {
            context.Notices.Warn($"{gap} in {name}, because it has a constant rate");
        }
        else if (options.IsOffline)
        {
            throw new LiveConvException($"{gap} in {name}: write .mkv or .mp4 without --cfr, which keep every frame's own time");
        }
        else
        {
            context.Notices.Warn($"{gap} in {name}: the recording goes on in a new file");
            Finish(file, Survive);
        }
    }

    private void Write(EdgeMaps maps)
    {
        while (true)
        {
            try
            {
                segment ??= Begin(maps);
                segment.Write(image.Pixels, maps.Frame.MediaTime, maps.Preset);
                return;
            }
            catch (IOException e)
            {
                Survive(e);
            }
        }
    }

    private Segment Begin(EdgeMaps maps)
    {
        format = new RecordedFormat(image.Width, image.Height, image.Format);
        (LockedFile file, IFrameWriter writer) = files.Next(format, maps.Preset.Id);
        context.Notices.Info($"recording to {file.Path}");
        context.Files.Begin(file.Path);
        TimeSpan age = context.Time.GetElapsedTime(maps.Frame.CaptureTimestamp);
        var head = new SidecarHead(
            context.Time.GetLocalNow() - age, format, options.What, files.Encoder, files.Rate, context.Source());
        var sidecar = new Sidecar(SidecarPath.PathOf(file.Path), options.Rights, head, context);
        TimeSpan zero = options.Zero ?? maps.Frame.MediaTime;
        var begun = new Segment(file, writer, sidecar, zero, files.Rate, watch, context);
        unnoted.ForEach(begun.OnGap);
        unnoted.Clear();
        return begun;
    }

    private void Finish(Segment done, Action<IOException> onFault)
    {
        string sum;
        try
        {
            sum = done.Finish();
        }
        catch (IOException e)
        {
            onFault(e);
            return;
        }

        Leave(done);
        done.Dispose();
        context.Notices.Info(sum);
    }

    // A full disk ends the recording; after anything else it goes on in a new file, unless that fails again and again.
    private void Survive(IOException e)
    {
        string path = segment?.Path ?? "the recording";
        bool isDiskFull = DiskFullMessages.IsDiskFull(e);
        string reason = isDiskFull ? DiskFullMessages.DiskFull(path, segment?.HasFrames ?? false) : e.Message;
        if (segment is { } broken)
        {
            deaths = broken.Age > GoodLife ? 0 : deaths;
            Abandon(broken, reason, isDiskFull ? DropCause.DiskFull : DropCause.EncoderDied);
        }

        if (isDiskFull || options.IsOffline)
        {
            throw new LiveConvException(reason, e);
        }

        if (++deaths == MaxDeaths)
        {
            throw new LiveConvException($"the encoder fails again and again: {reason}", e);
        }

        context.Notices.Warn($"{Path.GetFileName(path)} ends early ({reason}): the recording goes on in a new file");
    }

    private void Fail(IOException e)
    {
        Segment broken = segment!;
        bool isDiskFull = DiskFullMessages.IsDiskFull(e);
        string reason = isDiskFull
            ? DiskFullMessages.DiskFull(broken.Path, broken.HasFrames)
            : $"{broken.Path} could not be finished: {e.Message}";
        Abandon(broken, reason, isDiskFull ? DropCause.DiskFull : DropCause.EncoderDied);
        throw new LiveConvException(reason, e);
    }

    // What the file lacks is counted beside the recording: large files take a while.
    private void Abandon(Segment broken, string reason, DropCause cause)
    {
        broken.Abandon(reason);
        Leave(broken);
        CancellationToken stop = stopCounting.Token;
        losses.Add(Task.Run(() =>
        {
            using (broken)
            {
                broken.NoteLoss(cause, stop);
            }
        }));
    }

    private void Leave(Segment file)
    {
        segment = null;
        context.Files.End(file.Path);
    }

    private void OnStall(IFrameWriter writer, bool isHopeless)
    {
        if (isHopeless)
        {
            writer.Abort();
        }
        else
        {
            context.Notices.Warn("the recording stalls: the encoder or the disk takes no images");
        }
    }
}
