using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// One recording, from switching on to switching off: composes the picture of each frame and writes it with its time. Goes on in
/// a new file when the picture's size changes or the encoder dies.
/// </summary>
internal sealed class Recording : IMapSink
{
    private const int MostDeaths = 3;
    private readonly RecordingContext context;
    private readonly SegmentFiles files;
    private readonly RecordingOptions options;
    private readonly RecordedPicture picture;
    private readonly StallWatch watch;
    private volatile Segment? segment;
    private (int Width, int Height) size;
    private int deaths;

    public Recording(RecordingOptions options, RecordingContext context, SegmentFiles files)
    {
        this.options = options;
        this.context = context;
        this.files = files;
        picture = new RecordedPicture(options, context);
        watch = new StallWatch(context.Time, OnStall);
        context.Stats.FramesDropped += OnDropped;
    }

    /// <inheritdoc/>
    public ValueTask AcceptAsync(EdgeMaps maps)
    {
        using (maps)
        {
            picture.Take(maps);
            if (segment is not null && size != (picture.Width, picture.Height))
            {
                context.Notices.Tell($"the picture is now {picture.Width}x{picture.Height}: the recording goes on in a new file");
                Finish();
            }

            Write(maps);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync()
    {
        Finish();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        context.Stats.FramesDropped -= OnDropped;
        watch.Dispose();
        if (segment is { } left)
        {
            left.Abandon("the recording was given up");
            Leave(left);
        }

        return ValueTask.CompletedTask;
    }

    private void Write(EdgeMaps maps)
    {
        while (true)
        {
            try
            {
                segment ??= Begin(maps);
                segment.Write(picture.Pixels, maps.Frame.MediaTime, maps.Preset);
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
        size = (picture.Width, picture.Height);
        (string path, IFrameWriter writer) = files.Next(size.Width, size.Height, maps.Preset.Id);
        context.Notices.Tell($"recording to {path}");
        context.Files.Begin(path);
        TimeSpan age = context.Time.GetElapsedTime(maps.Frame.CaptureTimestamp);
        var head = new SidecarHead(
            context.Time.GetLocalNow() - age, size.Width, size.Height, options.What, files.Encoder, files.Rate, context.Source());
        var sidecar = new Sidecar(RecordingNotes.PathOf(path), head, context);
        return new Segment(path, writer, sidecar, maps.Frame, files.Rate, watch, context.Time);
    }

    // A full disk ends the recording; after anything else it goes on in a new file, unless that fails again and again.
    private void Survive(IOException e)
    {
        string path = segment?.Path ?? "the recording";
        string reason = RecordingFault.IsDiskFull(e) ? RecordingFault.DiskFull(path, segment?.HasFrames ?? false) : e.Message;
        if (segment is { } broken)
        {
            broken.Abandon(reason);
            Leave(broken);
        }

        if (RecordingFault.IsDiskFull(e) || options.OneFile)
        {
            throw new LiveConvException(reason, e);
        }

        if (++deaths == MostDeaths)
        {
            throw new LiveConvException($"the encoder fails again and again: {reason}", e);
        }

        context.Notices.Warn($"{Path.GetFileName(path)} ends early ({reason}): the recording goes on in a new file");
    }

    private void Finish()
    {
        if (segment is not { } done)
        {
            return;
        }

        using (done)
        {
            string sum;
            try
            {
                sum = done.Finish();
            }
            catch (IOException e)
            {
                string reason = RecordingFault.IsDiskFull(e) ? RecordingFault.DiskFull(done.Path, done.HasFrames) : $"{done.Path} could not be finished: {e.Message}";
                done.Abandon(reason);
                throw new LiveConvException(reason, e);
            }
            finally
            {
                Leave(done);
            }

            context.Notices.Tell(sum);
        }
    }

    private void Leave(Segment file)
    {
        segment = null;
        context.Files.End(file.Path);
    }

    // A screen that was too slow takes nothing from the recording.
    private void OnDropped(DropCause cause, long count)
    {
        if (cause != DropCause.DisplayBusy)
        {
            segment?.NoteDrop(cause, count);
        }
    }

    private void OnStall(IFrameWriter writer, bool isHopeless)
    {
        if (isHopeless)
        {
            writer.Abort();
        }
        else
        {
            context.Notices.Warn("the recording stalls: the encoder or the disk takes no pictures");
        }
    }
}
