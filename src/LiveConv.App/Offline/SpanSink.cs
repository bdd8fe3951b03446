using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>Skips the frames before a range, which were only read for kernels over time; counts the others.</summary>
/// <param name="recorder">Records the range; owned.</param>
/// <param name="first">The first frame of the range.</param>
/// <param name="counted">Called for every frame of the range once it is written.</param>
internal sealed class SpanSink(IMapSink recorder, long first, Action counted) : IMapSink
{
    public ValueTask AcceptAsync(EdgeMaps maps)
    {
        if (maps.Frame.Sequence < first)
        {
            maps.Dispose();
            return ValueTask.CompletedTask;
        }

        return WriteAsync(maps);
    }

    public void OnGap(FrameGap frames) => recorder.OnGap(frames);

    public ValueTask CompleteAsync() => recorder.CompleteAsync();

    public ValueTask DisposeAsync() => recorder.DisposeAsync();

    private async ValueTask WriteAsync(EdgeMaps maps)
    {
        await recorder.AcceptAsync(maps).ConfigureAwait(false);
        counted();
    }
}
