using System.Net;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>How often connections may come. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class ConnectionRate(TimeProvider time)
{
    private const int MaxVisitors = 1000;

    // The bounds are in docs/protocol.md.
    private readonly TokenBuckets<IPAddress> networks =
        new(_ => new TokenBucket(time, burst: 200, TimeSpan.FromMilliseconds(5)), MaxVisitors);

    // Apart, so that those without a token, from however many networks, use up nothing of those with one.
    private readonly TokenBuckets<Visitor> strangers = WithRequest(time);
    private readonly TokenBuckets<Visitor> known = WithRequest(time);

    private readonly TokenBucket all = new(time, burst: 400, TimeSpan.FromMilliseconds(2));

    /// <summary>
    /// Whether a connection of a network's comes in time: those of one that has had its share do not, and when those of all networks have
    /// theirs, only the first of one.
    /// </summary>
    /// <param name="network">Where it comes from.</param>
    public bool TryTake(IPAddress network)
    {
        TokenBucket bucket = networks.Of(network);
        bool isFirst = bucket.IsFull;
        return bucket.TryTake() && (all.TryTake() || isFirst);
    }

    /// <summary>Whether a connection that has brought a request comes in time; counted beside those of the network.</summary>
    /// <param name="visitor">Whose it is.</param>
    public bool TryTake(Visitor visitor) => (visitor.Role is null ? strangers : known).Of(visitor).TryTake();

    private static TokenBuckets<Visitor> WithRequest(TimeProvider time) =>
        new(_ => new TokenBucket(time, burst: 100, TimeSpan.FromMilliseconds(20)), MaxVisitors);
}
