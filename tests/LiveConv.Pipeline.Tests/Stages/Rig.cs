using System.Collections.Concurrent;
using System.Diagnostics;
using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Stages;

/// <summary>A pipeline with everything around it, on a source and sinks of the test's own.</summary>
internal sealed class Rig : IDisposable
{
    /// <summary>How long a test waits for what must come; only a defect makes it wait so long.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private readonly TimeProvider time;
    private readonly WorkerPool workers = new(1);
    private readonly List<FakeSink> sinks = [];
    private Task? run;

    public Rig(FakeSource source, TimeProvider? time = null)
    {
        this.time = time ?? TimeProvider.System;
        Source = source;
        source.Time = this.time;
        Stats = new FrameStats(this.time);
        Notices.Posted += notice => Reported.Enqueue(notice);
    }

    public static Preset Plain { get; } = Identity("plain", Response.Abs);

    public static Preset Raised { get; } = Identity("raised", Response.Offset128);

    public FakeSource Source { get; }

    public LiveControls Controls { get; } = new([Plain, Raised], Plain);

    public FrameStats Stats { get; }

    public Notices Notices { get; } = new();

    public ConcurrentQueue<Notice> Reported { get; } = new();

    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Every sink that a recording was started with.</summary>
    public List<FakeSink> Recordings { get; } = [];

    public Task RunTask => run ?? throw new InvalidOperationException("not started");

    /// <summary>Waits for what nobody tells of when it comes to be.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        for (long began = Stopwatch.GetTimestamp(); !isSo(); await Task.Yield())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Timeout, "waited in vain");
        }
    }

    public void Press(string keys)
    {
        foreach (char key in keys)
        {
            Controls.Execute(LiveCommand.FromKey(key)!.Value);
        }
    }

    /// <summary>A starter of recordings that go to <see cref="Recordings"/>.</summary>
    public Func<EdgeMaps, IMapSink> Recorder(Func<FakeSink>? make = null) => _ =>
    {
        FakeSink sink = make is null ? new FakeSink() : make();
        Recordings.Add(sink);
        return sink;
    };

    public void Start(LivePipelineOptions options)
    {
        sinks.AddRange(options.Screens.OfType<FakeSink>());
        Source.Open(Stop.Token);
        var context = new RunContext(Controls, Stats, Notices, () => Source.Info, time);
        run = new LivePipeline(Source, context, workers, options).RunAsync(Stop);
    }

    /// <summary>Waits for the end of the run, whatever it is, and checks that every buffer came back.</summary>
    public async Task EndAsync()
    {
        try
        {
            await RunTask.WaitAsync(Timeout);
        }
        finally
        {
            AssertWhole();
        }
    }

    public async Task<T> EndsWithAsync<T>()
        where T : Exception => await Assert.ThrowsAsync<T>(EndAsync);

    public Task RunAsync(LivePipelineOptions options)
    {
        Start(options);
        return EndAsync();
    }

    public void Dispose()
    {
        Stop.Dispose();
        workers.Dispose();
        Source.Dispose();
    }

    private static Preset Identity(string id, Response response)
    {
        var filter = new Filter(new Kernel(new float[,] { { 1 } }), response);
        return new Preset(id, id, new FilterBank(Operation.Correlation, BorderMode.Mirror, filter, filter));
    }

    private void AssertWhole()
    {
        Assert.True(RunTask.IsCompleted);
        Assert.All(Source.Seen, frame => Assert.Throws<ObjectDisposedException>(frame.AddLease));
        Assert.All(sinks.Concat(Recordings).SelectMany(sink => sink.Seen), maps => Assert.Throws<ObjectDisposedException>(maps.AddLease));
    }
}
