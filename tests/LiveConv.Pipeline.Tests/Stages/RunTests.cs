using System.Diagnostics;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Stages;

public class RunTests
{
    [Theory]
    [InlineData(Pace.Max, 1)]
    [InlineData(Pace.Max, 17)]
    [InlineData(Pace.Source, 3)]
    public async Task Frames_Bound_EndsAfterThatManyFilteredFrames(Pace pace, int frames)
    {
        using var rig = new Rig(new FakeSource { IsLive = true });
        var screen = new FakeSink();

        await rig.RunAsync(new() { Pace = pace, Frames = frames, Screens = [screen] });

        Assert.Equal(frames, rig.Stats.Out);
        Assert.Equal(1, screen.Completed);
        if (pace == Pace.Max)
        {
            Assert.Equal(Enumerable.Range(0, frames).Select(n => (long)n), screen.Sequences);
        }
    }

    [Fact]
    public async Task Stop_InTheMiddleOfAnImageThatTakesSeconds_EndsAtOnce()
    {
        using var rig = new Rig(Slow.Source());
        rig.Controls.Preset = Slow.Preset;
        rig.Start(new() { Screens = [new FakeSink()] });
        await Task.Delay(300);
        long began = Stopwatch.GetTimestamp();

        await rig.Stop.CancelAsync();
        await rig.EndAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Slow.Limit);
    }

    [Fact]
    public async Task AnotherPreset_InTheMiddleOfAnImageThatTakesSeconds_IsShownAtOnce()
    {
        using var rig = new Rig(Slow.Source());
        var screen = new FakeSink();
        rig.Controls.Preset = Slow.Preset;
        rig.Start(new() { Screens = [screen] });
        await Task.Delay(300);
        long began = Stopwatch.GetTimestamp();

        rig.Controls.Preset = Rig.Raised;

        Assert.Equal(Rig.Raised, (await screen.NextAsync()).Preset);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Slow.Limit);
        await rig.Stop.CancelAsync();
        await rig.EndAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Frames_BelowOne_IsRefused(int frames)
    {
        using var rig = new Rig(new FakeSource());

        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Start(new() { Frames = frames }));
    }

    [Fact]
    public async Task End_OfTheSource_CompletesEverySinkOnceAndDisposesOnlyRecorders()
    {
        using var rig = new Rig(new FakeSource { Frames = 3 });
        FakeSink[] screens = [new(), new()];
        rig.Press("r");

        await rig.RunAsync(new() { Pace = Pace.Max, Screens = screens, StartRecording = rig.Recorder() });

        Assert.All(screens, screen => Assert.Equal((1, 0), (screen.Completed, screen.Disposed)));
        Assert.All(rig.Recordings, sink => Assert.Equal((1, 1), (sink.Completed, sink.Disposed)));
        Assert.True(rig.Stop.IsCancellationRequested);
    }

    [Fact]
    public async Task End_EmptySource_IsNoFailure()
    {
        using var rig = new Rig(new FakeSource { Frames = 0 });
        var screen = new FakeSink();

        await rig.RunAsync(new() { Screens = [screen] });

        Assert.Empty(screen.Accepted);
        Assert.Equal(1, screen.Completed);
    }

    [Fact]
    public async Task RunAsync_FramesAlwaysAtHand_DoesNotKeepTheCallersThread()
    {
        using var rig = new Rig(new FakeSource());
        await Task.Run(() => rig.Start(new() { Pace = Pace.Max, Screens = [new FakeSink()] })).WaitAsync(Rig.Timeout);

        await rig.Stop.CancelAsync();
        await rig.EndAsync();
    }

    [Fact]
    public async Task Stop_BeforeTheStart_EndsWithoutAFrame()
    {
        using var rig = new Rig(new FakeSource());
        var screen = new FakeSink();
        await rig.Stop.CancelAsync();

        await rig.RunAsync(new() { Screens = [screen] });

        Assert.Empty(screen.Accepted);
        Assert.Equal(1, screen.Completed);
    }

    [Fact]
    public async Task Stop_WhileWaitingForTheCamera_Ends()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true });
        rig.Start(new());
        await rig.Source.AskedAsync();

        await rig.Stop.CancelAsync();

        await rig.EndAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("p")]
    public async Task Stop_WhileAFileWaitsForItsTimeOrIsHeld_EndsWithoutThatFrame(string keys)
    {
        var clock = new AlarmClock();
        using var rig = new Rig(new FakeSource(), clock);
        var screen = new FakeSink();
        rig.Start(new() { Screens = [screen] });
        await clock.AlarmAsync();
        rig.Press(keys);

        await rig.Stop.CancelAsync();

        await rig.EndAsync();
        Assert.Equal([0], screen.Sequences);
        Assert.Equal((1, 1), (rig.Stats.In, rig.Stats.Out));
    }

    [Fact]
    public async Task Stop_WhileEveryStageWaitsForTheScreen_ShowsWhatWasReadAndEnds()
    {
        using var rig = new Rig(new FakeSource());
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var screen = new FakeSink { OnAccept = _ => new(gate.Task) };
        rig.Start(new() { Pace = Pace.Max, Screens = [screen] });
        for (int n = 0; n < 4; n++)
        {
            await rig.Source.AskedAsync();
        }

        await rig.Stop.CancelAsync();
        gate.SetResult();

        await rig.EndAsync();
        Assert.Equal(Enumerable.Range(0, (int)rig.Stats.In).Select(n => (long)n), screen.Sequences);
        Assert.Equal(1, screen.Completed);
    }

    [Fact]
    public async Task End_SinkKeptItsLease_IsADefectThatIsNamed()
    {
        using var rig = new Rig(new FakeSource { Frames = 2 });
        var keeper = new FakeSink
        {
            OnAccept = maps =>
            {
                maps.AddLease();
                return ValueTask.CompletedTask;
            },
        };
        rig.Start(new() { Pace = Pace.Max, Screens = [keeper] });

        InvalidOperationException defect = await Assert.ThrowsAsync<InvalidOperationException>(() => rig.RunTask.WaitAsync(Rig.Timeout));

        Assert.Contains("2 frames and 2 maps", defect.Message, StringComparison.Ordinal);
        Assert.All(keeper.Seen, maps => maps.Dispose());
    }

    [Fact]
    public async Task Presets_SwappedAHundredThousandTimes_EachFrameIsWhollyOfOnePreset()
    {
        using var rig = new Rig(new FakeSource());
        var used = new HashSet<Preset>();
        var screen = new FakeSink
        {
            OnAccept = maps =>
            {
                used.Add(maps.Preset);
                for (int y = 0; y < FakeSource.Height; y++)
                {
                    byte[] expected = Expected(maps.Frame.Luma.Row(y), maps.Preset);
                    Assert.Equal(expected, maps.Vertical.Row(y));
                    Assert.Equal(expected, maps.Horizontal.Row(y));
                }

                return ValueTask.CompletedTask;
            },
        };
        rig.Start(new() { Pace = Pace.Max, Screens = [screen] });

        await Task.Run(() =>
        {
            for (int swap = 0; swap < 100_000; swap++)
            {
                rig.Controls.Execute(new(LiveAction.NextPreset));
            }
        });
        while (used.Count < 2)
        {
            rig.Press("]");
            await screen.NextAsync();
        }

        await rig.Stop.CancelAsync();
        await rig.EndAsync();

        static byte[] Expected(ReadOnlySpan<byte> row, Preset preset)
        {
            byte[] expected = row.ToArray();
            int offset = preset == Rig.Raised ? 128 : 0;
            return Array.ConvertAll(expected, pixel => (byte)Math.Min(255, pixel + offset));
        }
    }
}
