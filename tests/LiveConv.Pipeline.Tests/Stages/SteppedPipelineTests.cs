using LiveConv.Convolution;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Pipeline.Tests.Stages;

public sealed class SteppedPipelineTests : IDisposable
{
    private static readonly LiveCommand Pause = new(LiveAction.TogglePause);
    private readonly FakeTimeProvider time = new();
    private readonly WorkerPool workers = new(1);
    private readonly LiveControls controls = new([Rig.Plain, Rig.Raised], Rig.Plain);
    private readonly FrameStats stats;
    private readonly List<(long Sequence, bool IsRepeat, string Preset)> shown = [];
    private bool canRead = true;

    public SteppedPipelineTests() => stats = new FrameStats(time);

    public void Dispose() => workers.Dispose();

    [Fact]
    public void Step_Generator_ShowsEachFrameWhenItIsDue()
    {
        using FakeSource source = new() { Time = time };
        using SteppedPipeline pipeline = Make(source);

        Assert.Equal(TimeSpan.Zero, pipeline.Step());
        Assert.Equal(FakeSource.Interval, pipeline.Step());
        time.Advance(FakeSource.Interval / 2);
        Assert.Equal(FakeSource.Interval / 2, pipeline.Step());
        time.Advance(FakeSource.Interval / 2);
        Assert.Equal(TimeSpan.Zero, pipeline.Step());

        Assert.Equal([(0, false, "plain"), (1, false, "plain")], shown);
        Assert.Equal((2, 2), (stats.In, stats.Out));
    }

    [Fact]
    public void Step_Paused_WaitsAndFiltersTheHeldFrameAgainForAnotherPreset()
    {
        using FakeSource source = new() { Time = time };
        using SteppedPipeline pipeline = Make(source);
        pipeline.Step();

        controls.Execute(Pause);
        time.Advance(FakeSource.Interval);
        Assert.Equal(Timeout.InfiniteTimeSpan, pipeline.Step());
        controls.Preset = Rig.Raised;
        Assert.Equal(Timeout.InfiniteTimeSpan, pipeline.Step());
        Assert.Equal(Timeout.InfiniteTimeSpan, pipeline.Step());
        controls.Execute(new LiveCommand(LiveAction.Step));
        pipeline.Step();

        Assert.Equal([(0, false, "plain"), (0, true, "raised"), (1, false, "raised")], shown);
        Assert.Equal(2, stats.Out);
    }

    [Fact]
    public void Step_Camera_TakesAnImageWhenThereIsOne_AndDropsThoseOfAPause()
    {
        using FakeSource source = new() { Time = time, IsLive = true };
        using SteppedPipeline pipeline = Make(source);
        canRead = false;
        Assert.Equal(Timeout.InfiniteTimeSpan, pipeline.Step());
        Assert.Empty(shown);

        canRead = true;
        pipeline.Step();
        controls.Execute(Pause);
        pipeline.Step();
        controls.Execute(Pause);
        pipeline.Step();

        Assert.Equal([(0, false, "plain"), (2, false, "plain")], shown);
        Assert.Equal(1, stats.Dropped(DropCause.Paused));
    }

    [Fact]
    public void Step_ForLong_UsesTheSameFrames()
    {
        using FakeSource source = new() { Time = time, IsLive = true };
        using SteppedPipeline pipeline = Make(source);
        for (int i = 0; i < 100; i++)
        {
            pipeline.Step();
        }

        Assert.Equal(100, shown.Count);
        Assert.InRange(source.Seen.Count, 1, 3);
    }

    private SteppedPipeline Make(FakeSource source)
    {
        source.Open(CancellationToken.None);
        var run = new RunContext(controls, stats, new Notices(), () => source.Info, time);
        return new SteppedPipeline(source, () => canRead, run, workers, TimeSpan.FromMilliseconds(100), maps =>
        {
            using (maps)
            {
                shown.Add((maps.Frame.Sequence, maps.Frame.IsRepeat, maps.Preset.Id));
            }
        });
    }
}
