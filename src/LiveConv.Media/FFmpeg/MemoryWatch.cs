namespace LiveConv.Media;

/// <summary>
/// Ends an FFmpeg that takes more memory than any video needs: a server can send it playlists and headers without end. Owns its timer.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    /// <summary>The most that it may take: 8K video needs about half of it.</summary>
    public static readonly long DefaultMax = Math.Min(2L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly Timer timer;

    /// <summary>Starts watching.</summary>
    /// <param name="child">The process. Borrowed.</param>
    /// <param name="max">The most that it may take, in bytes.</param>
    public MemoryWatch(ChildProcess child, long max) => timer = new Timer(
        _ =>
        {
            if (!child.HasExited && child.Memory > max)
            {
                IsExceeded = true;
                child.Kill();
            }
        },
        null,
        Interval,
        Interval);

    /// <summary>True once it was ended.</summary>
    public bool IsExceeded { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();
}
