namespace LiveConv.Pipeline.Tests.Stages;

/// <remarks>
/// Keys are pressed exactly between two frames: from the snapshot of a frame, which is taken before the frame is offered to the
/// recorder. The next snapshot is requested with it.
/// </remarks>
public class RecordTests
{
    [Fact]
    public async Task Record_ToggledManyTimes_EachStartIsANewRecordingOfExactlyTheFramesBetween()
    {
        using var rig = new Rig(new FakeSource { Frames = 500 });
        var expected = new List<List<long>>();
        var random = new Random(7);
        bool isOn = false;

        await RunAsync(rig, Pace.Max, n =>
        {
            bool toggles = random.Next(3) == 0;
            isOn ^= toggles;
            if (isOn && toggles)
            {
                expected.Add([]);
            }

            if (isOn)
            {
                expected[^1].Add(n);
            }

            return toggles ? "r" : "";
        });

        Assert.True(expected.Count > 50);
        Assert.Equal(expected, rig.Recordings.Select(sink => sink.Sequences.ToList()));
        Assert.All(rig.Recordings, sink => Assert.Equal((1, 1), (sink.Completed, sink.Disposed)));
        Assert.Equal(expected.Sum(frames => frames.Count), rig.Stats.Whole().Frames.Recorded);
    }

    [Fact]
    public async Task Record_EndedAndStartedBetweenTwoFrames_IsANewRecording()
    {
        using var rig = new Rig(new FakeSource { Frames = 6 });

        await RunAsync(rig, Pace.Max, n => n switch
        {
            1 => "r",
            3 => "rr",
            5 => "r",
            _ => "",
        });

        Assert.Equal([[1, 2], [3, 4]], rig.Recordings.Select(sink => sink.Sequences.ToArray()));
        Assert.All(rig.Recordings, sink => Assert.Equal((1, 1), (sink.Completed, sink.Disposed)));
    }

    [Fact]
    public async Task Record_StartedAndEndedBetweenTwoFrames_IsNothing()
    {
        using var rig = new Rig(new FakeSource { Frames = 6 });

        await RunAsync(rig, Pace.Max, n => n == 3 ? "rr" : "");

        Assert.Empty(rig.Recordings);
    }

    [Fact]
    public async Task Record_DiskHangs_TheImageGoesOnWhateverIsPressedAndEachRecordingIsWhole()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true, Frames = 300 });
        var disk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var screen = new FakeSink();
        rig.Press("s");
        rig.Start(new()
        {
            Screens = [screen],
            StartRecording = rig.Recorder(() => new FakeSink { OnAccept = _ => new(disk.Task) }),
            Snapshot = maps => Toggle(rig, maps, n => n % 2 == 0 ? "r" : ""),
        });

        for (int n = 0; n < 300; n++)
        {
            rig.Source.Release();
            Assert.Equal(n, (await screen.NextAsync()).Sequence);
        }

        disk.SetResult();
        rig.Source.Release();
        await rig.EndAsync();
        long recorded = rig.Recordings.Sum(sink => sink.Accepted.Count);
        Assert.All(rig.Recordings, sink => Assert.Equal((1, 1), (sink.Completed, sink.Disposed)));
        Assert.Equal(150, recorded + rig.Stats.Dropped(DropCause.RecorderBusy));
        Assert.Equal(rig.Recordings.SelectMany(sink => sink.Sequences).Order(), rig.Recordings.SelectMany(sink => sink.Sequences));
    }

    [Fact]
    public async Task Record_SlowDiskInOneRecording_DropsFromTheRecordingOnly()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true, Frames = 400 });
        var disk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var screen = new FakeSink();
        rig.Press("r");
        rig.Start(new() { Screens = [screen], StartRecording = rig.Recorder(() => new FakeSink { OnAccept = _ => new(disk.Task) }) });
        for (int n = 0; n < 400; n++)
        {
            rig.Source.Release();
            Assert.Equal(n, (await screen.NextAsync()).Sequence);
        }

        disk.SetResult();
        rig.Source.Release();
        await rig.EndAsync();
        FakeSink recording = Assert.Single(rig.Recordings);
        Assert.Equal(400, recording.Accepted.Count + rig.Stats.Dropped(DropCause.RecorderBusy));
        Assert.InRange(recording.Accepted.Count, 2, 300);
        Assert.Equal(Enumerable.Range(0, recording.Accepted.Count).Select(n => (long)n), recording.Sequences);
        Assert.Equal(0, rig.Stats.Dropped(DropCause.DisplayBusy));
    }

    [Fact]
    public async Task Record_EndedWhilePaused_IsFinishedThenAndTheRepeatIsNotInIt()
    {
        using var rig = new Rig(new FakeSource { IsLive = true, IsGated = true });
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var recorder = new FakeSink
        {
            OnComplete = () =>
            {
                finished.SetResult();
                return ValueTask.CompletedTask;
            },
        };
        rig.Press("r");
        rig.Start(new() { Screens = [new FakeSink()], StartRecording = rig.Recorder(() => recorder) });
        rig.Source.Release();
        await recorder.NextAsync();

        rig.Press("pr");
        rig.Source.Release();

        await finished.Task.WaitAsync(Rig.Timeout);
        await rig.Stop.CancelAsync();
        await rig.EndAsync();
        Assert.Equal([0], recorder.Sequences);
    }

    private static async Task RunAsync(Rig rig, Pace pace, Func<long, string> keysBefore)
    {
        rig.Press("s");
        await rig.RunAsync(new()
        {
            Pace = pace,
            Screens = [new FakeSink()],
            StartRecording = rig.Recorder(),
            Snapshot = maps => Toggle(rig, maps, keysBefore),
        });
    }

    private static Task Toggle(Rig rig, EdgeMaps maps, Func<long, string> keysBefore)
    {
        using (maps)
        {
            rig.Press(keysBefore(maps.Frame.Sequence) + "s");
        }

        return Task.CompletedTask;
    }
}
