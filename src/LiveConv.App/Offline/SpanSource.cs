using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>A range of a source, with the frames before it that kernels over time need.</summary>
/// <param name="source">The whole source; owned.</param>
/// <param name="span">The range.</param>
/// <param name="history">The number of frames before it to read as well.</param>
internal sealed class SpanSource(IFrameSource source, FrameSpan span, int history) : IFrameSource
{
    private readonly long first = Math.Max(0, span.First - history);
    private bool isOver;

    public SourceInfo Info => source.Info;

    public bool IsLive => source.IsLive;

    public void Open(CancellationToken stop) => source.Open(stop);

    public bool Read(Frame frame)
    {
        // The frames are decoded from the start: a seek could land on another one.
        while (!isOver && source.Read(frame))
        {
            isOver = frame.Sequence >= span.Last;
            if (frame.Sequence >= first)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => source.Dispose();
}
