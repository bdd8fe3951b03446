namespace LiveConv.Pipeline.Tests.Stages;

/// <summary>
/// A source whose frames come when the test says so: frame n has sequence n, is due at n times 40 ms, and is painted with n.
/// </summary>
internal sealed class FakeSource : IFrameSource
{
    public const int Width = 32;
    public const int Height = 16;
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);
    private readonly SemaphoreSlim gate = new(0);
    private readonly SemaphoreSlim asked = new(0);
    private readonly HashSet<Frame> seen = [];
    private CancellationToken stop;
    private int next;

    public SourceInfo Info { get; } = new("fake", new SourceMode(), new SourceMode(Width, Height));

    public bool IsLive { get; init; }

    /// <summary>Each frame waits for <see cref="Release"/>, as a camera's next image is waited for.</summary>
    public bool IsGated { get; init; }

    /// <summary>How many times larger the frames are.</summary>
    public int Scale { get; init; } = 1;

    /// <summary>How many frames there are.</summary>
    public int Frames { get; init; } = int.MaxValue;

    /// <summary>What is thrown in place of the end.</summary>
    public Exception? Failure { get; init; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Every frame that was ever handed in.</summary>
    public IReadOnlyCollection<Frame> Seen => seen;

    public void Open(CancellationToken stop) => this.stop = stop;

    public void Release(int frames = 1) => gate.Release(frames);

    /// <summary>Waits until the next frame is being asked for: then every frame before it went on its way.</summary>
    public Task AskedAsync() => asked.WaitAsync().WaitAsync(Rig.Timeout);

    public bool Read(Frame frame)
    {
        seen.Add(frame);
        asked.Release();
        if (IsGated && !Entered())
        {
            return false;
        }

        if (next == Frames)
        {
            return Failure is null ? false : throw Failure;
        }

        frame.Resize(Width * Scale, Height * Scale);
        for (int y = 0; y < Height * Scale; y++)
        {
            Paint(frame.Luma.Row(y), y, next);
        }

        frame.Sequence = next;
        frame.MediaTime = next * Interval;
        frame.CaptureTimestamp = Time.GetTimestamp();
        next++;
        return true;
    }

    public void Dispose()
    {
        gate.Dispose();
        asked.Dispose();
    }

    private static void Paint(Span<byte> row, int y, int n)
    {
        for (int x = 0; x < row.Length; x++)
        {
            row[x] = (byte)(x * x + 3 * y + n);
        }
    }

    private bool Entered()
    {
        try
        {
            gate.Wait(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
