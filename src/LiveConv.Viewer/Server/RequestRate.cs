using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>
/// How often one visitor may request files and connections: what comes too often waits, and what would wait too long is refused. Those who
/// have shown a token have a share of their own, so that nobody without one uses it up, not from the same address or proxy either, and
/// each session of a guest has a small one that no other uses up. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RequestRate(TimeProvider time)
{
    private const int MaxVisitors = 1000;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    // The bounds are in docs/protocol.md.
    private readonly TokenBuckets<Visitor> strangers =
        new(_ => new TokenBucket(time, burst: 200, TimeSpan.FromMilliseconds(20)), MaxVisitors);

    private readonly TokenBuckets<Visitor> known = new(_ => new TokenBucket(time, burst: 400, TimeSpan.FromMilliseconds(5)), MaxVisitors);

    // This one is for the page's files, twice, and its connection.
    private readonly TokenBuckets<Visitor> own = new(_ => new TokenBucket(time, burst: 100, TimeSpan.FromMilliseconds(100)), MaxVisitors);

    /// <summary>A request has come.</summary>
    /// <param name="visitor">Whose it is.</param>
    /// <returns>How long its answer is to wait; null when that is too long.</returns>
    public TimeSpan? TimeToWait(Visitor visitor) => visitor.Session is not null && own.Of(visitor).TryTake()
        ? TimeSpan.Zero
        : (visitor.Role is null ? strangers : known).Of(visitor with { Session = null }).Take(1, MaxWait);
}
