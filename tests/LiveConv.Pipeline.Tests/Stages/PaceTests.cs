namespace LiveConv.Pipeline.Tests.Stages;

public class PaceTests
{
    [Fact]
    public async Task SourcePace_File_EachFrameComesWhenItIsDue()
    {
        var clock = new AlarmClock();
        using var rig = new Rig(new FakeSource { Frames = 4 }, clock);
        var screen = new FakeSink();
        rig.Start(new() { Screens = [screen] });

        Assert.Equal(0, (await screen.NextAsync()).Sequence);
        for (int n = 1; n < 4; n++)
        {
            Assert.Equal(FakeSource.Interval, await clock.AlarmAsync());
            clock.Advance(FakeSource.Interval - TimeSpan.FromMilliseconds(1));
            Assert.Equal(n, screen.Accepted.Count);

            clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(n, (await screen.NextAsync()).Sequence);
        }

        await rig.EndAsync();
        Assert.Equal(25, rig.Stats.Whole().Fps.In);
    }

    [Fact]
    public async Task SourcePace_FileAfterAStall_GoesOnFromThereWithoutRushing()
    {
        var clock = new AlarmClock();
        using var rig = new Rig(new FakeSource { Frames = 4 }, clock);
        var screen = new FakeSink();
        rig.Start(new() { Screens = [screen] });
        await clock.AlarmAsync();

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(FakeSource.Interval, await clock.AlarmAsync());
        clock.Advance(FakeSource.Interval);
        Assert.Equal(FakeSource.Interval, await clock.AlarmAsync());
        clock.Advance(FakeSource.Interval);
        await rig.EndAsync();
        Assert.Equal(4, rig.Stats.In);
    }

    [Fact]
    public async Task SourcePace_SlowScreen_GetsTheNewestAndNeverAnOlderOne()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true, Frames = 10 });
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new FakeSink { OnAccept = _ => new(gate.Task) };
        var quick = new FakeSink();
        rig.Start(new() { Screens = [slow, quick] });

        // Maps go to the screens in their order: when the quick one has a frame, the slow one's slot has it too.
        for (int n = 0; n < 10; n++)
        {
            rig.Source.Release();
            Assert.Equal(n, (await quick.NextAsync()).Sequence);
            if (n == 0)
            {
                await slow.NextAsync();
            }
        }

        gate.SetResult();
        rig.Source.Release();
        await rig.EndAsync();
        Assert.Equal([0, 9], slow.Sequences);
        Assert.Equal(8, rig.Stats.Dropped(DropCause.DisplayBusy));
        Assert.Equal((10, 10), (rig.Stats.In, rig.Stats.Out));
    }

    [Fact]
    public async Task SourcePace_SlowFilter_GetsTheNewestAndTheOthersAreCounted()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true, Frames = 6 });
        var screen = new FakeSink();
        using var entered = new SemaphoreSlim(0);
        using var gate = new ManualResetEventSlim();
        rig.Press("s");
        rig.Start(new() { Screens = [screen], Snapshot = HoldUp });
        rig.Source.Release();
        await rig.Source.AskedAsync();
        Assert.True(await entered.WaitAsync(Rig.Timeout));

        rig.Source.Release(5);
        for (int n = 1; n <= 6; n++)
        {
            await rig.Source.AskedAsync();
        }

        gate.Set();
        rig.Source.Release();
        await rig.EndAsync();
        Assert.Equal(5, screen.Sequences.Last());
        Assert.Equal(4, rig.Stats.Dropped(DropCause.Superseded));
        Assert.Equal((6, 2), (rig.Stats.In, rig.Stats.Out));

        // A snapshot is taken on the filter's own thread, which makes it a filter that takes its time.
        Task HoldUp(EdgeMaps maps)
        {
            entered.Release();
            gate.Wait(Rig.Timeout);
            maps.Dispose();
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MaxPace_SlowScreensAndRecorder_GetEveryFrameInOrder(bool isLive)
    {
        using var rig = new Rig(new FakeSource { Frames = 300, IsLive = isLive });
        var slow = new FakeSink { OnAccept = async maps => await Pause(maps.Frame.Sequence % 3) };
        var quick = new FakeSink();
        rig.Controls.IsRecording = true;

        await rig.RunAsync(new()
        {
            Pace = Pace.Max,
            Screens = [slow, quick],
            StartRecording = rig.Recorder(() => new FakeSink { OnAccept = async maps => await Pause(maps.Frame.Sequence % 5) }),
        });

        long[] all = [.. Enumerable.Range(0, 300)];
        Assert.Equal(all, slow.Sequences);
        Assert.Equal(all, quick.Sequences);
        Assert.Equal(all, Assert.Single(rig.Recordings).Sequences);
        FrameCounts counts = rig.Stats.Whole().Frames;
        Assert.Equal((300, 300, 300), (counts.In, counts.Out, counts.Recorded));
        Assert.Empty(counts.Dropped);

        static async Task Pause(long yields)
        {
            for (; yields > 0; yields--)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task MaxPace_NobodyWatchesTheClock_NoAlarmIsSet()
    {
        var clock = new AlarmClock();
        using var rig = new Rig(new FakeSource { Frames = 50 }, clock);
        var screen = new FakeSink();

        await rig.RunAsync(new() { Pace = Pace.Max, Screens = [screen] });

        Assert.Equal(50, screen.Accepted.Count);
    }
}
