using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// One recording, from switching on to switching off: composes the picture of each frame and writes it with its time. Goes on in
/// a new file when the picture's size changes or the encoder dies.
/// </summary>
internal sealed class Recording : IMapSink
{
    private const int MostDeaths = 3;
    private static readonly TimeSpan SmallestStep = TimeSpan.FromMicroseconds(1);
    private readonly RecordingContext context;
    private readonly SegmentFiles files;
    private readonly RecordedPicture picture;
    private readonly StallWatch watch;
    private Segment? segment;
    private int deaths;

    public Recording(RecordingOptions options, RecordingContext context, SegmentFiles files)
    {
        this.context = context;
        this.files = files;
        picture = new RecordedPicture(options.What);
        watch = new StallWatch(context.Time, OnStall);
    }

    /// <inheritdoc/>
    public ValueTask AcceptAsync(EdgeMaps maps)
    {
        using (maps)
        {
            (int width, int height) = picture.SizeOf(maps);
            if (segment is not null && (segment.Width != width || segment.Height != height))
            {
                Tell($"the picture is now {maps.Frame.Luma.Width}x{maps.Frame.Luma.Height}: the recording goes on in a new file");
                Finish();
            }

            picture.Take(maps);
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
        watch.Dispose();
        segment?.Writer.Dispose();
        segment = null;
        return ValueTask.CompletedTask;
    }

    private void Write(EdgeMaps maps)
    {
        while (true)
        {
            try
            {
                segment ??= Begin(maps);
                WriteTo(segment, maps.Frame.MediaTime);
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
        (string path, IFrameWriter writer) = files.Next(picture.Width, picture.Height, maps.Preset.Id);
        Tell($"recording to {path}");
        return new Segment(path, writer, picture.Width, picture.Height, maps.Frame.MediaTime, files.Rate is { } rate ? new ConstantRate(rate) : null);
    }

    private void WriteTo(Segment to, TimeSpan mediaTime)
    {
        TimeSpan time = mediaTime - to.Begin;
        watch.Enter(to.Writer);
        try
        {
            if (to.Rate is null)
            {
                // No encoder takes two pictures of the same moment.
                to.Last = time > to.Last || to.Frames == 0 ? time : to.Last + SmallestStep;
                to.Writer.Write(picture.Pixels, to.Last);
            }
            else if (to.Rate.Place(time, out long repeats))
            {
                for (; repeats > 0; repeats--)
                {
                    to.Writer.Write(to.Previous, to.Rate.Take());
                }

                to.Last = to.Rate.Take();
                to.Writer.Write(picture.Pixels, to.Last);
                to.Keep(picture.Pixels);
            }

            to.Frames++;
        }
        finally
        {
            watch.Leave();
        }
    }

    // A full disk ends the recording; after anything else it goes on in a new file, unless that fails again and again.
    private void Survive(IOException e)
    {
        string path = segment?.Path ?? "";
        segment?.Writer.Dispose();
        segment = null;
        if (RecordingFault.IsDiskFull(e))
        {
            throw new LiveConvException(RecordingFault.DiskFull(path), e);
        }

        if (++deaths == MostDeaths)
        {
            throw new LiveConvException($"the encoder fails again and again: {e.Message}", e);
        }

        context.Notices.Warn($"{Path.GetFileName(path)} ends early ({e.Message}): the recording goes on in a new file");
    }

    private void Finish()
    {
        if (segment is not { } done)
        {
            return;
        }

        segment = null;
        using (done.Writer)
        {
            try
            {
                done.Writer.Finish();
            }
            catch (IOException e)
            {
                throw new LiveConvException(
                    RecordingFault.IsDiskFull(e) ? RecordingFault.DiskFull(done.Path) : $"{done.Path} could not be finished: {e.Message}", e);
            }
        }

        string rate = done.Rate is { Repeated: var repeated, LeftOut: var leftOut } && repeated + leftOut > 0
            ? $", {repeated} repeated and {leftOut} left out for the constant rate"
            : "";
        Tell(string.Create(CultureInfo.InvariantCulture, $"recorded {done.Frames} frames, {done.Last.TotalSeconds:0.0} s, to {done.Path}{rate}"));
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

    private void Tell(string text) => context.Notices.Tell(text);

    /// <summary>One file of the recording.</summary>
    private sealed class Segment(string path, IFrameWriter writer, int width, int height, TimeSpan begin, ConstantRate? rate)
    {
        private byte[] previous = [];

        public string Path => path;

        public IFrameWriter Writer => writer;

        public int Width => width;

        public int Height => height;

        public TimeSpan Begin => begin;

        public ConstantRate? Rate => rate;

        public TimeSpan Last { get; set; }

        public long Frames { get; set; }

        public ReadOnlySpan<byte> Previous => previous;

        public void Keep(ReadOnlySpan<byte> pixels)
        {
            previous = previous.Length == pixels.Length ? previous : new byte[pixels.Length];
            pixels.CopyTo(previous);
        }
    }
}
