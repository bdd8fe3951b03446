using LiveConv.Pipeline;

namespace LiveConv.Viewer.Tests;

/// <summary>A source whose every frame is a grey 8x4 image.</summary>
internal sealed class OneFrameSource : IFrameSource
{
    public const byte Grey = 77;
    private long next;

    public SourceInfo Info { get; } = new("grey", new SourceMode(), new SourceMode(8, 4, 25));

    public bool IsLive => false;

    public void Open(CancellationToken stop)
    {
    }

    public bool Read(Frame frame)
    {
        frame.Resize(8, 4);
        for (int y = 0; y < 4; y++)
        {
            frame.Luma.Row(y).Fill(Grey);
        }

        frame.Sequence = next;
        frame.MediaTime = TimeSpan.FromMilliseconds(40 * next++);
        return true;
    }

    public void Dispose()
    {
    }
}
