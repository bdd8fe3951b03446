namespace LiveConv.Page;

/// <summary>
/// Holds back what a page requests too often: of each kind the last one wins, and is dispatched when it is due. Keys, of which each counts,
/// are dropped instead. Thread-safe; what it dispatches comes from a thread of the clock.
/// </summary>
internal sealed class RequestPacer : IDisposable
{
    // A long message costs as much as several short ones.
    private const int BytesOfOne = 2048;
    private readonly Dictionary<InboundKind, PacedSlot<byte[]>> slots = [];
    private readonly PageRates rates;

    /// <summary>Starts with nothing held back.</summary>
    /// <param name="rates">How often what may come.</param>
    /// <param name="time">The clock.</param>
    /// <param name="dispatch">Receives a message that was held back.</param>
    public RequestPacer(PageRates rates, TimeProvider time, Action<byte[]> dispatch)
    {
        this.rates = rates;
        foreach (InboundKind kind in Enum.GetValues<InboundKind>())
        {
            if (rates.Of(kind) is { } bucket)
            {
                slots[kind] = new PacedSlot<byte[]>(time, bucket, dispatch);
            }
        }
    }

    /// <summary>How long a page that sends more than any page needs is not read, so that its network holds it back.</summary>
    /// <param name="bytes">The length of the message that it sent last.</param>
    public TimeSpan TimeToWait(int bytes) => rates.Messages.Take(1 + (bytes / BytesOfOne));

    /// <summary>A message has come.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="message">The whole message; copied when it is held back.</param>
    /// <returns>True when it may be dispatched now; false when it is held back.</returns>
    public bool TryPass(InboundKind kind, ReadOnlySpan<byte> message) =>
        !slots.TryGetValue(kind, out PacedSlot<byte[]>? slot)
        || slot.TryPass(message, kind == InboundKind.Key ? static _ => null : static bytes => bytes.ToArray());

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PacedSlot<byte[]> slot in slots.Values)
        {
            slot.Dispose();
        }
    }
}
