using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// Small maps of the live image, as any preset makes them: the engine filters a small copy of the image. For kernels over time the copies
/// of the last requests are kept. Thread-safe; one at a time.
/// </summary>
/// <param name="images">Where the images are.</param>
/// <param name="time">The clock.</param>
internal sealed class Thumbnails(LatestImage images, TimeProvider time) : IDisposable
{
    private const int MaxFrames = Convolution.Stacks.LayerStack.MaxFrames;
    private const long MaxBytes = 64L << 20;

    // All pages and presets share a copy for so long: a large image is not read more often.
    private static readonly TimeSpan CopyPeriod = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private readonly FramePool<Frame> pool = new(MaxFrames + 1);
    private readonly FramePool<EdgeMaps> maps = new(1);
    private readonly WorkerPool workers = new(1);
    private readonly List<Frame> copies = [];
    private uint copied;
    private bool isClosed;

    /// <summary>The small maps of the newest image.</summary>
    /// <param name="preset">What is done with it.</param>
    public ThumbnailMessage Of(Preset preset)
    {
        (ThumbnailMessage? message, string? refused) = Look(
            preset, made => new ThumbnailMessage(preset.Id, [SmallMap.Of(made.Vertical), SmallMap.Of(made.Horizontal)], null));
        return message ?? ThumbnailMessage.Refuse(preset.Id, refused!);
    }

    /// <summary>Looks at the maps that a preset makes of a small copy of the newest image.</summary>
    /// <param name="preset">What is done with it.</param>
    /// <param name="look">Called with the maps, which are lent for the length of the call.</param>
    /// <returns>What <paramref name="look"/> returned, or null and why there are no such maps.</returns>
    public (T? Seen, string? Refused) Look<T>(Preset preset, Func<EdgeMaps, T> look)
        where T : class
    {
        lock (gate)
        {
            if (isClosed || !TryCopy())
            {
                return (null, "there is no image yet");
            }

            Plane<byte> newest = copies[^1].Luma;
            return preset.Stack is { } stack && stack.BytesFor(new ImageSize(newest.Width, newest.Height)) > MaxBytes
                ? (null, "this preset takes too much memory for a small image")
                : Filter(preset, preset.Stack?.Frames ?? 1, look);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            Forget();
            pool.Dispose();
            maps.Dispose();
            workers.Dispose();
        }
    }

    // From the oldest copy that the preset looks at to the newest; before the first one nothing has moved.
    private (T? Seen, string? Refused) Filter<T>(Preset preset, int frames, Func<EdgeMaps, T> look)
        where T : class
    {
        using var filter = new PresetFilter(workers);
        T? seen = null;
        foreach (Frame frame in Enumerable.Repeat(copies[0], Math.Max(0, frames - copies.Count)).Concat(copies.TakeLast(frames)))
        {
            using EdgeMaps made = maps.TryRent()!;
            frame.AddLease();
            filter.Apply(frame, preset, made);
            seen = made.Preset == preset ? look(made) : null;
        }

        return (seen, seen is null ? "this preset cannot be applied to so small an image" : null);
    }

    private bool TryCopy()
    {
        if (copies is [.., var last] && time.GetElapsedTime(last.CaptureTimestamp) < CopyPeriod)
        {
            return true;
        }

        images.Read((newest, number) =>
        {
            if (number != copied || copies.Count == 0)
            {
                Copy(newest.Frame.Luma);
                copied = number;
            }

            return true;
        });
        return copies.Count > 0;
    }

    private void Copy(Plane<byte> luma)
    {
        (int width, int height) = SmallImage.SizeFor(luma.Width, luma.Height, SmallMap.MaxSide);
        if (copies is [var first, ..] && (first.Luma.Width, first.Luma.Height) != (width, height))
        {
            Forget();
        }

        if (copies.Count == MaxFrames)
        {
            copies[0].Dispose();
            copies.RemoveAt(0);
        }

        Frame copy = pool.TryRent()!;
        copy.Resize(width, height);
        copy.CaptureTimestamp = time.GetTimestamp();
        SmallImage.Fill(luma, copy.Luma);
        copies.Add(copy);
    }

    private void Forget()
    {
        copies.ForEach(copy => copy.Dispose());
        copies.Clear();
    }
}
