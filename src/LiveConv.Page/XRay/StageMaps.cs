using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>
/// The maps of all stages, of the image that somebody looks into: computed when they are needed, kept while the same image is looked at,
/// and released some time after the last look. Of images that nobody holds, a copy is looked at that all pages share and that is renewed
/// a few times a second. One thread at a time, under <see cref="Gate"/>.
/// </summary>
internal sealed class StageMaps : IDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);
    private readonly TimeProvider time;
    private readonly ITimer idle;
    private PresetStages? stages;
    private StageRun? run;
    private ViewedImage? ran;
    private HeldImage? recent;
    private long copied;

    /// <summary>Starts with nothing.</summary>
    /// <param name="time">The clock.</param>
    public StageMaps(TimeProvider time)
    {
        this.time = time;
        idle = time.CreateTimer(
            static maps => ((StageMaps)maps!).Release(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Held by everyone who looks.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The stages of an image's preset.</summary>
    public PresetStages StagesOf(ViewedImage image)
    {
        if (stages?.Preset != image.Preset || stages.Image != image.Size)
        {
            stages = new PresetStages(image.Preset, image.Size);
        }

        return stages;
    }

    /// <summary>A copy of the newest image, which may be a fifth of a second older.</summary>
    /// <param name="maps">The newest maps, borrowed for the length of the call.</param>
    /// <param name="number">Their number.</param>
    public ViewedImage Recent(EdgeMaps maps, uint number)
    {
        var size = new ImageSize(maps.Frame.Luma.Width, maps.Frame.Luma.Height);
        if (recent?.Image is not { } copy || copy.Preset != maps.Preset || copy.Size != size
            || time.GetElapsedTime(copied) >= Renewal)
        {
            recent?.Dispose();
            recent = new HeldImage(ViewedImage.Of(maps, number));
            copied = time.GetTimestamp();
        }

        idle.Change(Idle, Timeout.InfiniteTimeSpan);
        return recent.Image;
    }

    /// <summary>Why the maps of an image cannot be computed, or null.</summary>
    public string? Refuse(ViewedImage image)
    {
        long bytes = StageRun.BytesFor(StagesOf(image));
        return bytes <= StageRun.MaxBytes
            ? null
            : $"the maps between would need {bytes >> 20} MiB at {image.Size}; the limit is {StageRun.MaxBytes >> 20} MiB: "
                + "take a smaller image";
    }

    /// <summary>The maps of all stages.</summary>
    /// <param name="image">A copied image that is not refused; borrowed for the length of the call.</param>
    public StageRun RunOf(ViewedImage image)
    {
        PresetStages wanted = StagesOf(image);
        if (run?.Stages != wanted)
        {
            run?.Dispose();
            run = null;
            run = new StageRun(wanted);
            ran = null;
        }

        if (!ReferenceEquals(ran, image))
        {
            run.Run(image.Frames);
            ran = image;
        }

        idle.Change(Idle, Timeout.InfiniteTimeSpan);
        return run;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        idle.Dispose();
        Release();
    }

    private void Release()
    {
        lock (Gate)
        {
            run?.Dispose();
            recent?.Dispose();
            (run, ran, recent) = (null, null, null);
        }
    }
}
