using System.Collections.Concurrent;

namespace LiveConv.Pipeline.Tests;

/// <summary>A window that is driven by a test: inputs go in, images come out.</summary>
internal sealed class FakeWindow : IWindow
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly BlockingCollection<WindowInput?> inputs = [];
    private readonly BlockingCollection<byte[]> shown = [];
    private byte[] loaded = [];

    public ConcurrentQueue<string> Titles { get; } = [];

    public ConcurrentQueue<bool> FullScreens { get; } = [];

    public bool IsDisposed { get; private set; }

    /// <summary>When set, showing fails so.</summary>
    public Exception? Failure { get; set; }

    /// <summary>When set, showing waits for it.</summary>
    public ManualResetEventSlim? Gate { get; set; }

    public string Title
    {
        set => Titles.Enqueue(value);
    }

    public bool IsFullScreen
    {
        set => FullScreens.Enqueue(value);
    }

    /// <summary>Waits for the next image that nobody has asked for yet.</summary>
    public byte[] NextShown()
    {
        Assert.True(shown.TryTake(out byte[]? image, Timeout), "no image was shown");
        return image;
    }

    public void Press(char key) => inputs.Add(new WindowInput(key));

    public void Close() => inputs.Add(new WindowInput(IsClosed: true));

    public void Load(OverlaidImage image)
    {
        Assert.False(IsDisposed);
        var pixels = new List<byte>();
        for (int y = 0; y < image.Height; y++)
        {
            pixels.AddRange(image.Row(y));
        }

        loaded = [.. pixels];
    }

    public void Present()
    {
        Gate?.Wait();
        if (Failure is not null)
        {
            throw Failure;
        }

        shown.Add(loaded);
    }

    public WindowInput Wait(TimeSpan max)
    {
        inputs.TryTake(out WindowInput? input, max);
        return input ?? default;
    }

    public void Wake()
    {
        Assert.False(IsDisposed);
        inputs.Add(null);
    }

    public void Dispose() => IsDisposed = true;
}
