using System.Threading.Channels;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Stages;

/// <summary>What a sink was given, copied while it held the lease.</summary>
internal sealed record Shown(long Sequence, bool IsRepeat, Preset Preset);

/// <summary>A screen or recorder that notes what it is given, and can be slow or fail when the test says so.</summary>
internal sealed class FakeSink : IMapSink
{
    private readonly Channel<Shown> arrivals = Channel.CreateUnbounded<Shown>();
    private readonly HashSet<EdgeMaps> seen = [];

    /// <summary>Called with each maps before they are given back; may wait or throw.</summary>
    public Func<EdgeMaps, ValueTask> OnAccept { get; init; } = _ => ValueTask.CompletedTask;

    public Func<ValueTask> OnComplete { get; init; } = () => ValueTask.CompletedTask;

    public Func<ValueTask> OnDispose { get; init; } = () => ValueTask.CompletedTask;

    public List<Shown> Accepted { get; } = [];

    public IEnumerable<long> Sequences => Accepted.Select(shown => shown.Sequence);

    public int Completed { get; private set; }

    public int Disposed { get; private set; }

    /// <summary>Every maps that were ever handed in.</summary>
    public IReadOnlyCollection<EdgeMaps> Seen => seen;

    /// <summary>Waits for the next maps that nobody has awaited yet.</summary>
    public Task<Shown> NextAsync() => arrivals.Reader.ReadAsync().AsTask().WaitAsync(Rig.Timeout);

    public async ValueTask AcceptAsync(EdgeMaps maps)
    {
        using (maps)
        {
            Assert.Equal(0, Completed);
            seen.Add(maps);
            var shown = new Shown(maps.Frame.Sequence, maps.Frame.IsRepeat, maps.Preset);
            Accepted.Add(shown);
            arrivals.Writer.TryWrite(shown);
            await OnAccept(maps);
        }
    }

    public ValueTask CompleteAsync()
    {
        Completed++;
        return OnComplete();
    }

    public ValueTask DisposeAsync()
    {
        Disposed++;
        return OnDispose();
    }
}
