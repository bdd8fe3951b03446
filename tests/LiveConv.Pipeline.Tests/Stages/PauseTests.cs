using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Stages;

public class PauseTests
{
    [Fact]
    public async Task Pause_Camera_IsReadOnAndItsFramesAreCountedAsPaused()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true });
        var screen = new FakeSink();
        rig.Start(new() { Screens = [screen] });
        await ShowAsync(rig, screen, 0);
        await rig.Source.AskedAsync();
        await rig.Source.AskedAsync();

        rig.Press("p");
        rig.Source.Release(5);
        for (int n = 1; n <= 5; n++)
        {
            await rig.Source.AskedAsync();
        }

        Assert.Equal(5, rig.Stats.Dropped(DropCause.Paused));
        rig.Press("p");
        await ShowAsync(rig, screen, 6);
        await EndAsync(rig);
        Assert.Equal([0, 6], screen.Sequences);
        Assert.Equal((7, 2), (rig.Stats.In, rig.Stats.Out));
    }

    [Fact]
    public async Task Step_Camera_ShowsOneFrameForEachPress()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true });
        var screen = new FakeSink();
        rig.Press(".");
        rig.Start(new() { Screens = [screen] });

        await ShowAsync(rig, screen, 0);
        rig.Source.Release(3);
        for (int n = 0; n <= 4; n++)
        {
            await rig.Source.AskedAsync();
        }

        rig.Press("..");
        await ShowAsync(rig, screen, 4);
        await ShowAsync(rig, screen, 5);
        await EndAsync(rig);
        Assert.Equal([0, 4, 5], screen.Sequences);
    }

    [Fact]
    public async Task PresetChange_CameraHeldThatGivesNoImages_ShowsTheSameImageAgainAtOnce()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true });
        var screen = new FakeSink();
        rig.Start(new() { Frames = 2, Screens = [screen] });
        await ShowAsync(rig, screen, 0);
        await rig.Source.AskedAsync();
        await rig.Source.AskedAsync();

        rig.Press("p]");

        Assert.Equal(new Shown(0, IsRepeat: true, Rig.Raised), await screen.NextAsync());
        rig.Press("p");
        rig.Source.Release();
        Assert.Equal(new Shown(1, IsRepeat: false, Rig.Raised), await screen.NextAsync());
        await rig.EndAsync();
    }

    [Fact]
    public async Task PresetChange_CameraHeld_ShowsTheSameImageAgainAsARepeat()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true });
        var screen = new FakeSink();
        rig.Start(new() { Frames = 2, Screens = [screen] });
        await ShowAsync(rig, screen, 0);

        rig.Press("p]");
        rig.Source.Release();

        Assert.Equal(new Shown(0, IsRepeat: true, Rig.Raised), await screen.NextAsync());
        rig.Press("p");
        rig.Source.Release();
        Assert.Equal(new Shown(2, IsRepeat: false, Rig.Raised), await screen.NextAsync());
        await rig.EndAsync();
        Assert.Equal(2, rig.Stats.Out);
    }

    [Fact]
    public async Task Pause_File_WaitsHoweverLongAndGoesOnWithoutRushing()
    {
        var clock = new AlarmClock();
        using var rig = new Rig(new FakeSource { Frames = 4 }, clock);
        var screen = new FakeSink();
        rig.Start(new() { Screens = [screen] });
        await screen.NextAsync();
        Assert.Equal(FakeSource.Interval, await clock.AlarmAsync());

        rig.Press("p");
        Assert.Equal(Timeout.InfiniteTimeSpan, await clock.AlarmAsync());
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([0], screen.Sequences);

        rig.Press("p");
        Assert.Equal(1, (await screen.NextAsync()).Sequence);
        Assert.Equal(FakeSource.Interval, await clock.AlarmAsync());
        await EndAsync(rig);
        Assert.Equal((2, 2), (rig.Stats.In, rig.Stats.Out));
    }

    [Fact]
    public async Task Step_File_ShowsTheNextFrameAtOnceWhateverItsTime()
    {
        var clock = new AlarmClock();
        using var rig = new Rig(new FakeSource(), clock);
        var screen = new FakeSink();
        rig.Start(new() { Screens = [screen] });
        await screen.NextAsync();

        for (int n = 1; n < 10; n++)
        {
            rig.Press(".");
            Assert.Equal(n, (await screen.NextAsync()).Sequence);
        }

        // Stepping ran ahead of the clock; going on begins from where it stands now.
        rig.Press("p");
        Assert.Equal(10, (await screen.NextAsync()).Sequence);
        await EndAsync(rig);
        Assert.Equal(11, screen.Accepted.Count);
    }

    [Theory]
    [InlineData(Pace.Source)]
    [InlineData(Pace.Max)]
    public async Task PresetChange_FileHeld_ShowsTheSameImageAgainAtOnce(Pace pace)
    {
        using var rig = new Rig(new FakeSource(), new AlarmClock());
        var screen = new FakeSink();
        rig.Press(".");
        rig.Start(new() { Pace = pace, Screens = [screen] });
        Assert.Equal(new Shown(0, IsRepeat: false, Rig.Plain), await screen.NextAsync());

        foreach (Preset preset in new[] { Rig.Raised, Rig.Plain, Rig.Raised })
        {
            rig.Press("]");
            Assert.Equal(new Shown(0, IsRepeat: true, preset), await screen.NextAsync());
        }

        rig.Press(".");
        Assert.Equal(new Shown(1, IsRepeat: false, Rig.Raised), await screen.NextAsync());
        await EndAsync(rig);
        Assert.Equal(2, rig.Stats.Out);
    }

    [Fact]
    public async Task Snapshot_FileHeld_IsOfTheImageOnScreenAndOnce()
    {
        using var rig = new Rig(new FakeSource(), new AlarmClock());
        var screen = new FakeSink();
        var saved = new List<long>();
        rig.Press(".");
        rig.Start(new() { Screens = [screen], Snapshot = Save });
        await screen.NextAsync();
        rig.Press(".");
        await screen.NextAsync();

        rig.Press("s");
        Assert.Equal(new Shown(1, IsRepeat: true, Rig.Plain), await screen.NextAsync());

        rig.Press(".");
        await screen.NextAsync();
        await EndAsync(rig);
        Assert.Equal([1], saved);

        Task Save(EdgeMaps maps)
        {
            saved.Add(maps.Frame.Sequence);
            maps.Dispose();
            return Task.CompletedTask;
        }
    }

    private static async Task ShowAsync(Rig rig, FakeSink screen, long sequence)
    {
        rig.Source.Release();
        Assert.Equal(sequence, (await screen.NextAsync()).Sequence);
    }

    private static async Task EndAsync(Rig rig)
    {
        await rig.Stop.CancelAsync();
        await rig.EndAsync();
    }
}
