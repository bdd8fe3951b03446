namespace LiveConv.Media;

/// <summary>
/// Ends an FFmpeg that takes more memory than any video needs: a server can send it playlists and headers without end. Owns its timer.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    /// <summary>The most that it may take: 8K video needs about half of it.</summary>
    public static readonly long DefaultMax = Math.Min(2L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly ChildProcess child;
    private readonly long max;
    private readonly Timer timer;

    /// <summary>Starts watching.</summary>
    /// <param name="child">The process. Borrowed; may be disposed before this.</param>
    /// <param name="max">The most that it may take, in bytes.</param>
    public MemoryWatch(ChildProcess child, long max)
    {
        this.child = child;
        this.max = max;
        timer = new Timer(static watch => ((MemoryWatch)watch!).Check(), this, Interval, Interval);
    }

    /// <summary>True once it was ended.</summary>
    public bool IsExceeded { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    /// <summary>Ends the process if it takes too much by now. Called by the timer, on a thread of the pool.</summary>
    internal void Check()
    {
        if (!child.HasExited && child.Memory > max)
        {
            IsExceeded = true;
            child.Kill();
        }
    }
}
