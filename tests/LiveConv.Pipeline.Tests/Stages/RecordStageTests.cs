using LiveConv.Convolution;
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
        RecordStage stage = Stage(Pace.Source);
        Task running = stage.RunAsync(failures.Add);
        await PostAsync(stage, 1);
        await sinks[0].Entered.Task;

        // 30 frames a second; the first is being written, so 30 more are within its second.
        for (int i = 0; i < 89; i++)
        {
            ValueTask posted = stage.PostAsync(NextMaps());
            Assert.True(posted.IsCompleted);
        }

        Assert.Equal(59, stats.Dropped(DropCause.RecorderBusy));
        Assert.Single(warnings, w => w.Contains("too slow", StringComparison.Ordinal));
        sinks[0].Gate.SetResult();
        stage.Complete();
        await running;
        Assert.Equal(31, sinks[0].Accepted);
        Assert.Equal((1, 1), (frames.Out, pool.Out));
    }

    [Fact]
    public async Task Post_RecorderIsSlowToStart_HasItsSecondFromTheFirstFrameOn()
    {
        time.Advance(TimeSpan.FromMinutes(1));
        RecordStage stage = Stage(Pace.Source, open: true);
        for (int i = 0; i < 90; i++)
        {
            await stage.PostAsync(NextMaps());
        }

        stage.Complete();
        await stage.RunAsync(failures.Add);
        Assert.Equal(31, sinks[0].Accepted);
        Assert.Equal(59, stats.Dropped(DropCause.RecorderBusy));
    }

    [Fact]
    public async Task Post_PaceMax_WaitsInsteadOfDropping()
    {
        RecordStage stage = Stage(Pace.Max);
        Task running = stage.RunAsync(failures.Add);
        await PostAsync(stage, 1);
        await sinks[0].Entered.Task;
        Task posting = PostAsync(stage, 200);
        Assert.False(posting.IsCompleted);
        sinks[0].Gate.SetResult();
        await posting;
        stage.Complete();
        await running;

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
        await running;
        Assert.Equal([2, 2, 2], sinks.Select(sink => sink.Accepted));
        Assert.All(sinks, sink => Assert.True(sink.IsComplete && sink.IsDisposed));
    }

    [Fact]
    public async Task Post_RecorderFails_EndsTheRecordingOnly()
    {
        RecordStage stage = Stage(Pace.Max, open: true);
        Task running = stage.RunAsync(failures.Add);
        await PostAsync(stage, 1);
        await sinks[0].Entered.Task;
        sinks[0].Fault = new LiveConvException("the disk is full");
        await PostAsync(stage, 3);
        stage.Complete();
        await running;

        Assert.False(controls.IsRecording);
        Assert.Empty(warnings); // The pipeline tells it, or throws it: once.
        Assert.Equal("the disk is full", Assert.Single(failures).Message);
        Assert.True(sinks[0].IsDisposed);
        Assert.Equal((1, 1), (frames.Out, pool.Out));
    }

    private RecordStage Stage(Pace pace, bool open = false) => new(
        _ =>
        {
            var sink = new GatedSink(open);
            sinks.Add(sink);
            return sink;
        },
        controls,
        stats,
        time,
        notices,
        pace);

    private async Task PostAsync(RecordStage stage, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await stage.PostAsync(NextMaps());
        }

        while (sinks.Count == 0)
        {
            await Task.Yield();
        }
    }

    // Borrowed by the stage: given back here as the convolve stage would.
    private EdgeMaps NextMaps()
    {
        time.Advance(TimeSpan.FromSeconds(1 / 30.0));
        Frame frame = frames.TryRent()!;
        frame.Resize(16, 16);
        frame.CaptureTimestamp = time.GetTimestamp();
        EdgeMaps maps = pool.TryRent()!;
        maps.Compute(frame, Preset.Seed, workers);
        borrowed?.Dispose();
        borrowed = maps;
        return maps;
    }

    private sealed class GatedSink : IMapSink
    {
        public GatedSink(bool open)
        {
            if (open)
            {
                Gate.SetResult();
            }
        }

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Fault { get; set; }

        public int Accepted { get; private set; }

        public bool IsComplete { get; private set; }

        public bool IsDisposed { get; private set; }

        public async ValueTask AcceptAsync(EdgeMaps maps)
        {
            using (maps)
            {
                Entered.TrySetResult();
                await Gate.Task;
                Accepted++;
                if (Fault is not null)
                {
                    throw Fault;
                }
            }
        }

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
