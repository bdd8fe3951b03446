using System.Globalization;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>
/// A recording into a pipe: standard output, or a named pipe. Uncompressed, without notes beside it, and in one piece: what reads it
/// cannot follow a change of the size. The reader decides the pace; once the run is to end, it has two seconds.
/// </summary>
internal sealed class PipeRecording : IMapSink
{
    private static readonly TimeSpan MaxToEnd = TimeSpan.FromSeconds(2);
    private readonly PipeTarget target;
    private readonly FrameRate? rate;
    private readonly RecordingContext context;
    private readonly RecordedImage image;
    private readonly ConstantRate? constant;
    private readonly BackgroundThread thread = new("pipe");
    private IFrameWriter? writer;
    private RecordedFormat format = new(0, 0, StreamFormat.Default);
    private byte[] pixels = [];
    private byte[] previous = [];
    private TimeSpan begin;
    private long frames;
    private bool isAbandoned;

    /// <summary>Starts a recording; the pipe is opened with the first image.</summary>
    /// <param name="target">The pipe.</param>
    /// <param name="options">What is recorded.</param>
    /// <param name="rate">The constant rate; null when every frame has its own time.</param>
    /// <param name="context">The run.</param>
    public PipeRecording(PipeTarget target, RecordingOptions options, FrameRate? rate, RecordingContext context)
    {
        this.target = target;
        this.rate = rate;
        this.context = context;
        image = new RecordedImage(options, context);
        constant = rate is { } fixedRate ? new ConstantRate(fixedRate) : null;
    }

    /// <inheritdoc/>
    public async ValueTask AcceptAsync(EdgeMaps maps)
    {
        using (maps)
        {
            image.Take(maps);
            if (writer is not null && !format.Is(image.Width, image.Height, image.Format))
            {
                throw new LiveConvException($"the size or the format of the images changes, which {target.Name} cannot follow");
            }

            if (writer is null)
            {
                format = new RecordedFormat(image.Width, image.Height, image.Format);
                begin = maps.Frame.MediaTime;
                if (target.Path != RecordingOptions.StandardOutput)
                {
                    context.Notices.Warn($"{target.Name} is a named pipe, which waits for a reader");
                }

                pixels = new byte[image.Pixels.Length];
                previous = new byte[image.Pixels.Length];
            }

            image.Pixels.CopyTo(pixels);
            TimeSpan time = maps.Frame.MediaTime - begin;
            await RunAsync(() => Write(time)).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void OnGap(FrameGap frames)
    {
        // There are no notes: frames keep their times, or a constant rate repeats the image before.
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync()
    {
        if (writer is not null)
        {
            await RunAsync(writer.Finish).ConfigureAwait(false);
            context.Notices.Info(string.Create(CultureInfo.InvariantCulture, $"recorded {frames} frames to {target.Name}"));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // A thread that hangs in a write, which nothing can end, goes with the process.
        if (!isAbandoned)
        {
            thread.Dispose();
            try
            {
                writer?.Dispose();
            }
            catch (IOException)
            {
                // The reader is gone.
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Write(TimeSpan time)
    {
        writer ??= target.Open(format, rate);
        if (constant is null)
        {
            writer.Write(pixels, time);
            frames++;
            return;
        }

        bool isPlaced = constant.TryMap(time, out long repeats);
        context.Stats.CountConstantRate(repeats, isPlaced ? 0 : 1);
        if (!isPlaced)
        {
            return;
        }

        for (; repeats > 0; repeats--)
        {
            writer.Write(previous, constant.NextTime());
            frames++;
        }

        writer.Write(pixels, constant.NextTime());
        frames++;
        (pixels, previous) = (previous, pixels);
    }

    private async Task RunAsync(Action work)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = context.Stop.Register(stopped.SetResult);
        Task done = thread.RunAsync(work);
        if (await Task.WhenAny(done, stopped.Task).ConfigureAwait(false) != done
            && await Task.WhenAny(done, Task.Delay(MaxToEnd, context.Time, CancellationToken.None)).ConfigureAwait(false) != done)
        {
            isAbandoned = true;
            throw new LiveConvException($"{target.Name} takes no more images");
        }

        try
        {
            await done.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{target.Name} cannot be written to: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
