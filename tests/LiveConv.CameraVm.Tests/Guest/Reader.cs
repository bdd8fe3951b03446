using System.Collections.Concurrent;
using System.Diagnostics;
using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>Reads a camera on a thread of its own, as the pipeline does, and lets a test look on.</summary>
internal sealed class Reader : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly FramePool<Frame> pool = new(2);
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<Notice> reported = [];
    private readonly Task<LiveConvException?> reading;
    private byte[] luma = [];
    private (int Width, int Height) size;
    private long frames;

    public Reader(SourceMode request, string? which = null, Action<Frame>? look = null)
        : this((stats, notices) => CameraCatalog.Source(which, request, TimeProvider.System, stats, notices), look)
    {
    }

    /// <summary>Reads a source that is not open yet, and owns it.</summary>
    public Reader(IFrameSource source)
        : this((_, _) => source, null)
    {
    }

    private Reader(Func<FrameStats, Notices, IFrameSource> create, Action<Frame>? look)
    {
        Stats = new FrameStats(TimeProvider.System);
        var notices = new Notices();
        notices.Posted += notice => reported.Enqueue(notice);
        Source = create(Stats, notices);
        Source.Open(stop.Token);
        AtStart = Source.Info;
        reading = Task.Factory.StartNew(() => Read(look), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public IFrameSource Source { get; }

    public FrameStats Stats { get; }

    public SourceInfo Info => Source.Info;

    /// <summary>What was said before the first image; later it may be said that the camera is slow, as all is in a starved VM.</summary>
    public SourceInfo AtStart { get; }

    /// <summary>What was reported so far.</summary>
    public IReadOnlyCollection<string> Reported => [.. reported.Select(notice => notice.Text)];

    public long Frames => Interlocked.Read(ref frames);

    /// <summary>
    /// Asserts that the stream went on all the time; a VM that is starved may have made the camera silent, which is no defect.
    /// </summary>
    public void AssertWentOn() =>
        Assert.All(
            reported.Where(notice => notice.IsProblem),
            notice => Assert.EndsWith(": no images come", notice.Text, StringComparison.Ordinal));

    /// <summary>The newest image, rows packed.</summary>
    public (byte[] Luma, int Width, int Height) Newest()
    {
        lock (gate)
        {
            return ([.. luma], size.Width, size.Height);
        }
    }

    /// <summary>Waits for more frames from now on.</summary>
    public void Await(int more)
    {
        long goal = Frames + more;
        Until(() => Frames >= goal, $"{more} more frames");
    }

    /// <summary>Waits until something holds; how long that took.</summary>
    public TimeSpan Until(Func<bool> holds, string what)
    {
        long began = Stopwatch.GetTimestamp();
        TimeSpan max = Bounds.Hang;
        while (!holds())
        {
            if (reading.IsCompleted)
            {
                throw new InvalidOperationException($"reading ended while waiting for {what}", reading.Result);
            }

            if (Stopwatch.GetElapsedTime(began) > max && Stopwatch.GetElapsedTime(began) > (max = Bounds.Hang * Bounds.Slowness()))
            {
                throw new TimeoutException($"{max.TotalSeconds:0} s passed without {what}; {Info}");
            }

            Task.Delay(10).Wait();
        }

        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Stops; how long that took.</summary>
    public TimeSpan Stop()
    {
        long began = Stopwatch.GetTimestamp();
        stop.Cancel();
        reading.Wait();
        return Stopwatch.GetElapsedTime(began);
    }

    public void Dispose()
    {
        Stop();
        Source.Dispose();
        pool.Dispose();
        stop.Dispose();
    }

    private LiveConvException? Read(Action<Frame>? look)
    {
        try
        {
            while (true)
            {
                using Frame frame = pool.TryRent()!;
                if (!Source.Read(frame))
                {
                    return null;
                }

                look?.Invoke(frame);
                Keep(frame);
                Interlocked.Increment(ref frames);
            }
        }
        catch (LiveConvException e)
        {
            return e;
        }
    }

    private void Keep(Frame frame)
    {
        lock (gate)
        {
            size = (frame.Luma.Width, frame.Luma.Height);
            if (luma.Length != size.Width * size.Height)
            {
                luma = new byte[size.Width * size.Height];
            }

            for (int y = 0; y < size.Height; y++)
            {
                frame.Luma.Row(y).CopyTo(luma.AsSpan(y * size.Width));
            }
        }
    }
}
