using System.Globalization;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>One file of a recording, with its sidecar: images of one size, times from its first image on.</summary>
internal sealed class Segment : IDisposable
{
    private static readonly TimeSpan SmallestStep = TimeSpan.FromMicroseconds(1);
    private readonly LockedFile file;
    private readonly IFrameWriter writer;
    private readonly Sidecar sidecar;
    private readonly StallWatch watch;
    private readonly ConstantRate? rate;
    private readonly RecordingContext context;
    private readonly TimeSpan begin;
    private readonly long born;
    private byte[] previous = [];
    private TimeSpan last;
    private long frames;

    /// <summary>Takes over a file that was just made.</summary>
    /// <param name="file">The file; taken over.</param>
    /// <param name="writer">Its writer; taken over.</param>
    /// <param name="sidecar">What is noted beside it; taken over.</param>
    /// <param name="zero">The source's time at which the file's times start.</param>
    /// <param name="rate">The constant rate; null when every frame has its own time.</param>
    /// <param name="watch">What notices that a write hangs.</param>
    /// <param name="context">The run.</param>
    public Segment(
        LockedFile file, IFrameWriter writer, Sidecar sidecar, TimeSpan zero, FrameRate? rate, StallWatch watch, RecordingContext context)
    {
        this.file = file;
        this.writer = writer;
        this.sidecar = sidecar;
        this.watch = watch;
        this.context = context;
        this.rate = rate is { } constant ? new ConstantRate(constant) : null;
        begin = zero;
        born = context.Time.GetTimestamp();
    }

    public string Path => file.Path;

    /// <summary>Whether images were written.</summary>
    public bool HasFrames => frames > 0;

    /// <summary>How long it is being written.</summary>
    public TimeSpan Age => context.Time.GetElapsedTime(born);

    /// <summary>Writes an image.</summary>
    /// <param name="pixels">The image.</param>
    /// <param name="mediaTime">When it was taken, in the source's time.</param>
    /// <param name="preset">What it was filtered with.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Write(ReadOnlySpan<byte> pixels, TimeSpan mediaTime, Preset preset)
    {
        TimeSpan time = mediaTime - begin;
        if (rate is null)
        {
            // No encoder takes two images of the same moment.
            Put(pixels, frames == 0 || time > last ? time : last + SmallestStep, preset);
        }
        else
        {
            WriteAtConstantRate(rate, pixels, time, preset);
        }
    }

    /// <summary>How often the previous image would be repeated to fill the gap before an image.</summary>
    /// <param name="mediaTime">When the image was taken, in the source's time.</param>
    /// <returns>The number; 0 when every frame has its own time.</returns>
    public long RepeatsBefore(TimeSpan mediaTime) => rate?.RepeatsBefore(mediaTime - begin) ?? 0;

    /// <summary>Frames are missing before the next one.</summary>
    public void OnGap(FrameGap missing) => sidecar.AddDrop(missing with { First = missing.First - begin, Last = missing.Last - begin });

    /// <summary>Finishes the file.</summary>
    /// <returns>What it holds, in words.</returns>
    /// <exception cref="IOException">It could not be finished.</exception>
    public string Finish()
    {
        writer.Finish();
        sidecar.End(endedBy: null);
        string constant = rate is { Repeated: var repeated, Dropped: var dropped } && repeated + dropped > 0
            ? $", {repeated} repeated and {dropped} dropped for the constant rate"
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"recorded {frames} frames, {last.TotalSeconds:0.0} s, to {Path}{constant}");
    }

    /// <summary>The file ends here because of a fault.</summary>
    public void Abandon(string reason)
    {
        sidecar.End(reason);
        writer.Dispose();
    }

    /// <summary>Notes which images the file lacks though they were handed over. After <see cref="Abandon"/>; reads the file.</summary>
    /// <param name="cause">What took them.</param>
    /// <param name="stop">Ends the reading; then it is the last second, which is the most that can be missing.</param>
    public void NoteLoss(DropCause cause, CancellationToken stop)
    {
        long lost = sidecar.Cut(writer.CountHeld(frames, stop), cause);
        if (lost > 0)
        {
            context.Stats.CountDropped(cause, lost);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer.Dispose();
        sidecar.Dispose();
        file.Dispose();
    }

    private void WriteAtConstantRate(ConstantRate constant, ReadOnlySpan<byte> pixels, TimeSpan time, Preset preset)
    {
        bool isPlaced = constant.TryMap(time, out long repeats);
        context.Stats.CountConstantRate(repeats, isPlaced ? 0 : 1);
        sidecar.ConstantRate(constant.Repeated, constant.Dropped);
        if (!isPlaced)
        {
            return;
        }

        for (; repeats > 0; repeats--)
        {
            Put(previous, constant.NextTime(), preset);
        }

        Put(pixels, constant.NextTime(), preset);
        previous = previous.Length == pixels.Length ? previous : new byte[pixels.Length];
        pixels.CopyTo(previous);
    }

    private void Put(ReadOnlySpan<byte> pixels, TimeSpan time, Preset preset)
    {
        watch.Enter(writer);
        try
        {
            writer.Write(pixels, time);
        }
        finally
        {
            watch.Leave();
        }

        sidecar.AddFrame(time, preset);
        last = time;
        frames++;
    }
}
