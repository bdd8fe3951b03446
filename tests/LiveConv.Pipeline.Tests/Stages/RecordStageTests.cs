using LiveConv.Convolution;
using LiveConv.Presets;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Pipeline.Tests.Stages;

public sealed class RecordStageTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly FrameStats stats;
    private readonly LiveControls controls = new([Preset.Seed], Preset.Seed);
    private readonly Notices notices = new();
    private readonly List<string> warnings = [];
    private readonly FramePool<Frame> frames = new(300);
    private readonly FramePool<EdgeMaps> pool = new(300);
    private readonly WorkerPool workers = new(1);
    private readonly List<GatedSink> sinks = [];
    private readonly List<Exception> failures = [];
    private EdgeMaps? borrowed;
    private long sequence;
    private long posted;

    public RecordStageTests()
    {
        stats = new FrameStats(time);
        notices.Posted += notice => warnings.Add(notice.Text);
        controls.IsRecording = true;
    }

    public void Dispose()
    {
        borrowed?.Dispose();
        workers.Dispose();
        pool.Dispose();
        frames.Dispose();
    }

    [Fact]
    public async Task Post_RecorderHangs_DropsAfterASecondAndNeverWaits()
    {
        RecordStage stage = Stage(Pace.Source, open: true);
        Task running = stage.RunAsync(failures.Add);
        await PostAsync(stage, 1);
        await AcceptedAsync(1);
        time.Advance(TimeSpan.FromSeconds(11));
        sinks[0].Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(stage, 1);
        await WaitingAsync();

        // 30 frames a second; one is being written, so 30 more are within its second.
        PostHanging(stage, 89);

        Assert.Equal(59, stats.Dropped(DropCause.RecorderBusy));
        Assert.Single(warnings, w => w.Contains("too slow", StringComparison.Ordinal));
        sinks[0].Gate.SetResult();
        stage.Complete();
        await running.WaitAsync(Rig.Timeout);
        Assert.Equal(32, sinks[0].Accepted);
        FrameGap missing = Assert.Single(sinks[0].Missing).Frames;
        Assert.Equal((DropCause.RecorderBusy, 59), (missing.Cause, missing.Count));
        Assert.Equal((1, 1), (frames.RentedCount, pool.RentedCount));
    }

    // An encoder that takes its time to start: what comes in five seconds waits for it.
    [Fact]
    public async Task Post_RecorderHangsAtItsBegin_DropsAfterFiveSeconds()
    {
        time.Advance(TimeSpan.FromMinutes(1));
        RecordStage stage = Stage(Pace.Source);
        Task running = stage.RunAsync(failures.Add);
        await PostAsync(stage, 1);
        await WaitingAsync();
        PostHanging(stage, 199);

        Assert.Equal(49, stats.Dropped(DropCause.RecorderBusy));
        sinks[0].Gate.SetResult();
        stage.Complete();
        await running.WaitAsync(Rig.Timeout);
        Assert.Equal(151, sinks[0].Accepted);
    }

    [Fact]
    public async Task Post_RecorderIsSlowToStart_HasFiveSecondsFromTheFirstFrameOn()
    {
        time.Advance(TimeSpan.FromMinutes(1));
        RecordStage stage = Stage(Pace.Source, open: true);
        PostHanging(stage, 200);

        stage.Complete();
        await stage.RunAsync(failures.Add).WaitAsync(Rig.Timeout);
        Assert.Equal(151, sinks[0].Accepted);
        Assert.Equal(49, stats.Dropped(DropCause.RecorderBusy));
    }

    [Fact]
    public async Task Post_FramesWereLostWhileOthersWaited_TellsTheGapWhereItIs()
    {
        RecordStage stage = Stage(Pace.Source);
        Task running = stage.RunAsync(failures.Add);
        await PostAsync(stage, 3);

        // Reported while the first of three still waits; the gap comes behind them.
        stats.CountDropped(DropCause.Superseded, 2);
        sequence += 2;
        await PostAsync(stage, 2);
        stats.CountDropped(DropCause.DisplayBusy);
        sequence += 1;
        await PostAsync(stage, 1);
        sinks[0].Gate.SetResult();
        stage.Complete();
        await running.WaitAsync(Rig.Timeout);

        Assert.Equal(
            [(3, DropCause.Superseded, 2L), (5, DropCause.LostBySource, 1L)],
            sinks[0].Missing.Select(missing => (missing.Before, missing.Frames.Cause, missing.Frames.Count)));
        FrameGap first = sinks[0].Missing[0].Frames;
        Assert.Equal((2 + (1 / 3.0), 2 + (2 / 3.0)), (first.First.TotalSeconds * 30, first.Last.TotalSeconds * 30), new Near());
    }

    [Fact]
    public async Task Post_DropsBeforeARecordingAndAtItsEnd_AreGapsOnlyOfTheirRecording()
    {
        RecordStage stage = Stage(Pace.Source);
        Task running = stage.RunAsync(failures.Add);
        controls.IsRecording = false;
        stats.CountDropped(DropCause.Superseded, 2);
        sequence += 2;
        await stage.PostAsync(NextMaps());
        controls.IsRecording = true;
        await PostAsync(stage, 1);
        await WaitingAsync();
        PostHanging(stage, 200);
        controls.IsRecording = false;
        await stage.PostAsync(NextMaps());
        controls.IsRecording = true;
        sinks[0].Gate.SetResult();
        await stage.PostAsync(NextMaps());
        stage.Complete();
        await running.WaitAsync(Rig.Timeout);

        (int before, FrameGap missing) = Assert.Single(sinks[0].Missing);
        Assert.Equal((151, DropCause.RecorderBusy, 50L), (before, missing.Cause, missing.Count));
        Assert.True(sinks.Count == 1 || sinks[1].Missing.Count == 0);
    }

    [Fact]
    public async Task Post_PaceMax_WaitsInsteadOfDropping()
    {
        RecordStage stage = Stage(Pace.Max);
        Task running = stage.RunAsync(failures.Add);
        await PostAsync(stage, 1);
        await WaitingAsync();
        Task posting = PostAsync(stage, 200);
        Assert.False(posting.IsCompleted);
        sinks[0].Gate.SetResult();
        await posting.WaitAsync(Rig.Timeout);
        stage.Complete();
        await running.WaitAsync(Rig.Timeout);

        Assert.Equal(201, sinks[0].Accepted);
        Assert.True(sinks[0].IsComplete && sinks[0].IsDisposed);
        Assert.Equal(0, stats.Dropped(DropCause.RecorderBusy));
    }

    [Fact]
    public async Task Post_SwitchedOffAndOn_IsANewRecording()
    {
        RecordStage stage = Stage(Pace.Max, open: true);
        Task running = stage.RunAsync(failures.Add);
        for (int i = 0; i < 3; i++)
        {
            controls.IsRecording = true;
            await PostAsync(stage, 2);
            controls.IsRecording = false;
            await PostAsync(stage, 2);
        }

        stage.Complete();
        await running.WaitAsync(Rig.Timeout);
        Assert.Equal([2, 2, 2], sinks.Select(sink => sink.Accepted));
        Assert.All(sinks, sink => Assert.True(sink.IsComplete && sink.IsDisposed));
    }

    [Fact]
    public async Task Post_RecorderFails_EndsTheRecordingOnly()
    {
        RecordStage stage = Stage(Pace.Max, open: true);
        Task running = stage.RunAsync(failures.Add);
        await PostAsync(stage, 1);
        await AcceptedAsync(1);
        sinks[0].Fault = new LiveConvException("the disk is full");
        await PostAsync(stage, 3);
        stage.Complete();
        await running.WaitAsync(Rig.Timeout);

        Assert.False(controls.IsRecording);
        Assert.Empty(warnings); // The pipeline tells it, or throws it: once.
        Assert.Equal("the disk is full", Assert.Single(failures).Message);
        Assert.True(sinks[0].IsDisposed);
        Assert.Equal((1, 1), (frames.RentedCount, pool.RentedCount));
    }

    // Only the first recorder is ever held up: whether there is a second one in a test can depend on how quick the first was.
    private RecordStage Stage(Pace pace, bool open = false) => new(
        _ =>
        {
            var sink = new GatedSink(open || sinks.Count > 0);
            sinks.Add(sink);
            return sink;
        },
        new RunContext(
            controls, stats, notices, () => new SourceInfo("test", new SourceMode(), new SourceMode()), time),
        pace);

    private async Task PostAsync(RecordStage stage, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await stage.PostAsync(NextMaps());
        }

        await Rig.UntilAsync(() => sinks.Count > 0);
    }

    private Task AcceptedAsync(int count) => Rig.UntilAsync(() => sinks[0].Accepted >= count);

    private async Task WaitingAsync() => Assert.True(await sinks[0].Waiting.WaitAsync(Rig.Timeout), "nothing waits at the gate");

    private void PostHanging(RecordStage stage, int count)
    {
        for (int i = 0; i < count; i++)
        {
            ValueTask posted = stage.PostAsync(NextMaps());
            Assert.True(posted.IsCompleted);
        }
    }

    // Borrowed by the stage: given back here as the convolve stage would.
    private EdgeMaps NextMaps()
    {
        time.Advance(TimeSpan.FromSeconds(1 / 30.0));
        Frame frame = frames.TryRent()!;
        frame.Resize(16, 16);
        frame.CaptureTimestamp = time.GetTimestamp();
        frame.Sequence = sequence++;
        frame.MediaTime = TimeSpan.FromSeconds(posted++ / 30.0);
        EdgeMaps maps = pool.TryRent()!;
        maps.Compute(frame, Preset.Seed, workers);
        borrowed?.Dispose();
        borrowed = maps;
        return maps;
    }

    private sealed class Near : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) + Math.Abs(x.Item2 - y.Item2) < 1e-4;

        public int GetHashCode((double, double) obj) => 0;
    }

    private sealed class GatedSink : IMapSink
    {
        private int accepted;

        public GatedSink(bool open)
        {
            if (open)
            {
                Gate.SetResult();
            }
        }

        public TaskCompletionSource Gate { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Entered once maps wait at the gate.</summary>
        public SemaphoreSlim Waiting { get; } = new(0);

        /// <summary>What was reported as missing, and after how many maps.</summary>
        public List<(int Before, FrameGap Frames)> Missing { get; } = [];

        public Exception? Fault { get; set; }

        public int Accepted => Volatile.Read(ref accepted);

        public bool IsComplete { get; private set; }

        public bool IsDisposed { get; private set; }

        public async ValueTask AcceptAsync(EdgeMaps maps)
        {
            using (maps)
            {
                Task gate = Gate.Task;
                if (!gate.IsCompleted)
                {
                    Waiting.Release();
                }

                await gate;
                Interlocked.Increment(ref accepted);
                if (Fault is not null)
                {
                    throw Fault;
                }
            }
        }

        public void OnGap(FrameGap frames) => Missing.Add((Accepted, frames));

        public ValueTask CompleteAsync()
        {
            IsComplete = true;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
