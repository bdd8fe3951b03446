namespace LiveConv.Pipeline.Tests.Stages;

public class FailureTests
{
    private static readonly LiveConvException Failure = new("it failed; try another");

    public static TheoryData<Pace> Paces => [Pace.Source, Pace.Max];

    [Theory]
    [MemberData(nameof(Paces))]
    public async Task Source_Fails_TheRunEndsWithThatVeryExceptionAfterTheFramesBefore(Pace pace)
    {
        using var rig = new Rig(new FakeSource { Frames = 3, Failure = Failure });
        var screen = new FakeSink();
        rig.Press("r");
        rig.Start(new() { Pace = pace, Screens = [screen], StartRecording = rig.Recorder() });

        Assert.Same(Failure, await rig.EndsWithAsync<LiveConvException>());

        Assert.Equal(2, screen.Sequences.Last());
        Assert.Equal(1, screen.Completed);
        Assert.Equal(2, Assert.Single(rig.Recordings).Sequences.Last());
        Assert.Equal((1, 1), (rig.Recordings[0].Completed, rig.Recordings[0].Disposed));
    }

    [Fact]
    public async Task Source_FailsByADefect_TheRunEndsWithThatVeryException()
    {
        var defect = new InvalidOperationException("a defect");
        using var rig = new Rig(new FakeSource { Frames = 0, Failure = defect });
        rig.Start(new());

        Assert.Same(defect, await rig.EndsWithAsync<InvalidOperationException>());
    }

    [Fact]
    public async Task Source_IsCancelledByTheStop_IsNoFailure()
    {
        using var rig = new Rig(new FakeSource { Frames = 1, IsLive = true, Failure = new OperationCanceledException() });
        await rig.Stop.CancelAsync();

        await rig.RunAsync(new());
    }

    [Fact]
    public async Task Source_IsCancelledWithoutAStop_IsAFailure()
    {
        using var rig = new Rig(new FakeSource { Frames = 1, IsLive = true, Failure = new OperationCanceledException() });
        rig.Start(new());

        await rig.EndsWithAsync<OperationCanceledException>();
    }

    [Theory]
    [MemberData(nameof(Paces))]
    public async Task Screen_Fails_TheRunEndsWithThatVeryException(Pace pace)
    {
        using var rig = new Rig(new FakeSource { IsLive = true });
        var failing = new FakeSink { OnAccept = async maps => await FailAt(maps, 2) };
        var other = new FakeSink();
        rig.Start(new() { Pace = pace, Screens = [failing, other] });

        Assert.Same(Failure, await rig.EndsWithAsync<LiveConvException>());

        Assert.Equal(1, other.Completed);
        Assert.Equal(0, failing.Completed);
    }

    [Fact]
    public async Task Screen_FailsWhileTheCameraIsSilent_TheRunEndsAtOnce()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true });
        rig.Start(new() { Screens = [new FakeSink { OnAccept = _ => throw Failure }] });

        rig.Source.Release();

        Assert.Same(Failure, await rig.EndsWithAsync<LiveConvException>());
    }

    [Fact]
    public async Task Screen_CannotFinish_TheRunEndsWithThatVeryException()
    {
        using var rig = new Rig(new FakeSource { Frames = 2 });
        rig.Start(new() { Pace = Pace.Max, Screens = [new FakeSink { OnComplete = () => throw Failure }] });

        Assert.Same(Failure, await rig.EndsWithAsync<LiveConvException>());
    }

    [Fact]
    public async Task Screens_BothFail_TheFirstFailureIsReported()
    {
        using var rig = new Rig(new FakeSource());
        var failed = new TaskCompletionSource();
        using CancellationTokenRegistration registration = rig.Stop.Token.Register(failed.SetResult);
        var first = new FakeSink { OnAccept = _ => throw Failure };
        var second = new FakeSink
        {
            OnAccept = async _ =>
            {
                await failed.Task;
                throw new LiveConvException("a consequence");
            },
        };
        rig.Start(new() { Pace = Pace.Max, Screens = [first, second] });

        Assert.Same(Failure, await rig.EndsWithAsync<LiveConvException>());
    }

    [Theory]
    [InlineData(Pace.Source, "accept")]
    [InlineData(Pace.Max, "accept")]
    [InlineData(Pace.Max, "start")]
    [InlineData(Pace.Max, "accept and dispose")]
    public async Task Recorder_FailsWithoutAScreen_TheRunEndsWithThatVeryException(Pace pace, string when)
    {
        using var rig = new Rig(new FakeSource { IsLive = true });
        rig.Press("r");
        rig.Start(new() { Pace = pace, StartRecording = when == "start" ? _ => throw Failure : rig.Recorder(Failing) });

        Assert.Same(Failure, await rig.EndsWithAsync<LiveConvException>());

        Assert.All(rig.Recordings, sink => Assert.Equal((0, 1), (sink.Completed, sink.Disposed)));

        FakeSink Failing() => new()
        {
            OnAccept = async maps => await FailAt(maps, 2),
            OnDispose = () => when == "accept" ? ValueTask.CompletedTask : throw new LiveConvException("a consequence"),
        };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recorder_CannotFinishWithoutAScreen_TheRunEndsWithThatVeryException(bool failsAtDispose)
    {
        using var rig = new Rig(new FakeSource { Frames = 3 });
        rig.Press("r");
        rig.Start(
            new()
            {
                Pace = Pace.Max,
                StartRecording =
                rig.Recorder(() => new FakeSink { OnComplete = () => Fail(!failsAtDispose), OnDispose = () => Fail(failsAtDispose) })
            });

        Assert.Same(Failure, await rig.EndsWithAsync<LiveConvException>());
        Assert.Equal((1, 1), (rig.Recordings[0].Completed, rig.Recordings[0].Disposed));

        static ValueTask Fail(bool now) => now ? throw Failure : ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Paces))]
    public async Task Recorder_FailsBesideAScreen_IsReportedAndTheImageGoesOn(Pace pace)
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true, Frames = 100 });
        var screen = new FakeSink();
        rig.Press("r");
        rig.Start(
            new() { Pace = pace, Screens = [screen], StartRecording = rig.Recorder(() => new FakeSink { OnAccept = _ => throw Failure }) });
        for (int n = 0; n < 100; n++)
        {
            rig.Source.Release();
            Assert.Equal(n, (await screen.NextAsync()).Sequence);
        }

        rig.Source.Release();
        await rig.EndAsync();

        Notice reported = Assert.Single(rig.Reported, notice => notice.Text.Contains(Failure.Message, StringComparison.Ordinal));
        Assert.True(reported.IsProblem);
        Assert.False(rig.Controls.IsRecording);
        Assert.Equal((0, 1), (Assert.Single(rig.Recordings).Completed, rig.Recordings[0].Disposed));
    }

    [Fact]
    public async Task Recorder_PressedAgainAtOnceAfterAFailure_RecordsTheFramesFromThere()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true, Frames = 4 });
        var screen = new FakeSink();
        int started = 0;
        rig.Notices.Posted += notice => rig.Press(notice.Text.Contains(Failure.Message, StringComparison.Ordinal) ? "r" : "");
        rig.Press("r");
        rig.Start(new()
        {
            Screens = [screen],
            StartRecording = rig.Recorder(() => started++ == 0 ? new FakeSink { OnAccept = _ => throw Failure } : new FakeSink()),
        });
        rig.Source.Release();
        await screen.NextAsync();
        await Rig.UntilAsync(() => !rig.Reported.IsEmpty);
        rig.Source.Release(4);
        await rig.EndAsync();

        Assert.Equal(2, rig.Recordings.Count);
        Assert.Equal(3, rig.Recordings[1].Sequences.Last());
        Assert.Equal((1, 1), (rig.Recordings[1].Completed, rig.Recordings[1].Disposed));
    }

    [Fact]
    public async Task Recorder_PressedInARunThatCannotRecord_IsReported()
    {
        using var rig = new Rig(new FakeSource { Frames = 3 });
        rig.Press("r");

        await rig.RunAsync(new() { Pace = Pace.Max, Screens = [new FakeSink()] });

        Assert.True(Assert.Single(rig.Reported).IsProblem);
        Assert.False(rig.Controls.IsRecording);
    }

    [Fact]
    public async Task Stop_AListenerThrows_TheRunStillEndsInOrder()
    {
        var defect = new InvalidOperationException("a listener's defect");
        using var rig = new Rig(new FakeSource { IsLive = true });
        var screen = new FakeSink();
        using CancellationTokenRegistration registration = rig.Stop.Token.Register(() => throw defect);
        rig.Start(new() { Frames = 5, Screens = [screen] });

        Assert.Same(defect, await rig.EndsWithAsync<InvalidOperationException>());

        Assert.Equal(1, screen.Completed);
    }

    [Fact]
    public async Task Stop_AListenerOfNoticesThrows_TheRunEndsWithThat()
    {
        var defect = new InvalidOperationException("a listener's defect");
        using var rig = new Rig(new FakeSource());
        rig.Notices.Posted += _ => throw defect;
        rig.Press("r");
        rig.Start(new() { Pace = Pace.Max, Screens = [new FakeSink()], StartRecording = _ => throw Failure });

        Assert.Same(defect, await Task.Run(rig.EndsWithAsync<InvalidOperationException>));
    }

    private static async Task FailAt(EdgeMaps maps, long sequence)
    {
        await Task.Yield();
        if (maps.Frame.Sequence >= sequence)
        {
            throw Failure;
        }
    }
}
