using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Stages;

/// <summary>Alone in the process while it measures: the counter is of all threads, and other tests allocate.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    private const int WarmUp = 600;
    private const int Window = 50;
    private const int Windows = 40;

    /// <summary>
    /// The smallest object of the runtime is 24 bytes: a window with less than one for every second frame had frames without any.
    /// </summary>
    private const long Less = Window / 2 * 24;

    [Theory]
    [InlineData(Pace.Max, false)]
    [InlineData(Pace.Max, true)]
    [InlineData(Pace.Source, false)]
    [InlineData(Pace.Source, true)]
    public async Task Frame_SteadyState_AllocatesNothingOnAnyThread(Pace pace, bool isRecording)
    {
        using var source = new Generator();
        using var workers = new WorkerPool();
        using var stop = new CancellationTokenSource();
        var controls = new LiveControls([Preset.Seed], Preset.Seed) { IsRecording = isRecording };
        var screen = new AllocationMeter(stop);
        var context = new RunContext(
            controls, new FrameStats(TimeProvider.System), new Notices(), () => source.Info, TimeProvider.System);
        var pipeline = new LivePipeline(source, context, workers, new()
        {
            Pace = pace,
            Screens = [screen],
            StartRecording = _ => new Recorder(),
        });

        await pipeline.RunAsync(stop).WaitAsync(TimeSpan.FromSeconds(60));

        // What frames allocate is in every window. Two things are in some: 168 bytes of the test host every 100 ms, and the 32 bytes
        // of the thread pool's work item when a channel's wait is answered between its being asked for and its being awaited.
        Assert.Equal(Windows, screen.Allocated.Length);
        Assert.True(
            screen.Allocated.Order().ElementAt(Windows / 4) < Less, $"bytes per {Window} frames: {string.Join(", ", screen.Allocated)}");
    }

    /// <summary>A file without a disk: as many frames as are wanted, due every half millisecond.</summary>
    private sealed class Generator : IFrameSource
    {
        private long next;

        public SourceInfo Info { get; } = new("generator", new SourceMode(), new SourceMode(64, 48));

        public bool IsLive => false;

        public void Open(CancellationToken stop)
        {
        }

        public bool Read(Frame frame)
        {
            frame.Resize(64, 48);
            frame.Luma.Row(3).Fill((byte)next);
            frame.MediaTime = next * TimeSpan.FromMilliseconds(0.5);
            frame.Sequence = next++;
            return true;
        }

        public void Dispose()
        {
        }
    }

    /// <summary>A screen that reads the counter of allocated bytes every so many frames, and ends the run when it has enough.</summary>
    private sealed class AllocationMeter(CancellationTokenSource stop) : IMapSink
    {
        private readonly long[] readings = new long[Windows + 1];
        private int accepted;
        private int taken;

        public long[] Allocated => [.. readings[..taken].Zip(readings[1..taken], (before, after) => after - before)];

        public ValueTask AcceptAsync(EdgeMaps maps)
        {
            maps.Dispose();
            if (++accepted >= WarmUp && accepted % Window == 0 && taken < readings.Length)
            {
                readings[taken++] = GC.GetTotalAllocatedBytes(precise: true);
            }

            if (taken == readings.Length)
            {
                stop.Cancel();
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask CompleteAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Recorder : IMapSink
    {
        public ValueTask AcceptAsync(EdgeMaps maps)
        {
            maps.Dispose();
            return ValueTask.CompletedTask;
        }

        public ValueTask CompleteAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
