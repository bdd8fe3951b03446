namespace LiveConv.Page;

/// <summary>
/// How often one page may send what. A page that comes again gets those of the one that left, so that it gains nothing by it. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class PageRates(TimeProvider time)
{
    // The bounds are in docs/protocol.md.
    private readonly TokenBuckets<InboundKind> kinds = new(kind => BucketOf(time, kind), Enum.GetValues<InboundKind>().Length);

    /// <summary>All messages together; a long one counts several times.</summary>
    public TokenBucket Messages { get; } = new(time, burst: 500, TimeSpan.FromMilliseconds(4));

    /// <summary>Frames that hold little.</summary>
    public TokenBucket Frames { get; } = new(time, burst: 1000, TimeSpan.FromMilliseconds(2));

    /// <summary>Whether nothing was sent for so long that they are as new ones.</summary>
    public bool IsFull => Messages.IsFull && Frames.IsFull && kinds.IsFull;

    /// <summary>The bucket of a kind of messages; null for what may always come.</summary>
    internal TokenBucket? Of(InboundKind kind) => kind is InboundKind.Drawn or InboundKind.Late ? null : kinds.Of(kind);

    private static TokenBucket BucketOf(TimeProvider time, InboundKind kind) => kind switch
    {
        InboundKind.Key or InboundKind.Preset or InboundKind.Edit or InboundKind.Discard or InboundKind.Show or InboundKind.Stage =>
            new TokenBucket(time, burst: 20, TimeSpan.FromMilliseconds(50)),
        InboundKind.Xray or InboundKind.Microscope or InboundKind.Thumbnail =>
            new TokenBucket(time, burst: 10, TimeSpan.FromMilliseconds(100)),
        InboundKind.Network => new TokenBucket(time, burst: 4, TimeSpan.FromMilliseconds(30)),
        InboundKind.Hold => new TokenBucket(time, burst: 4, TimeSpan.FromMilliseconds(250)),
        InboundKind.Layers => new TokenBucket(time, burst: 4, TimeSpan.FromMilliseconds(200)),
        InboundKind.Learn or InboundKind.Camera => new TokenBucket(time, burst: 4, TimeSpan.FromSeconds(1)),
        _ => new TokenBucket(time, burst: 10, TimeSpan.FromMilliseconds(200)),
    };
}
