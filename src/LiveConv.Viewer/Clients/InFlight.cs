namespace LiveConv.Viewer;

/// <summary>
/// The pictures that were sent to one client and are not acknowledged yet: at most two, so that one travels while the other is
/// drawn, and a slow client gets fewer pictures instead of older ones. Thread-safe.
/// </summary>
internal sealed class InFlight
{
    private const int Most = 2;
    private readonly Lock gate = new();
    private readonly Entry[] sent = new Entry[Most];
    private int count;

    /// <summary>True when one more picture may be sent.</summary>
    public bool HasRoom
    {
        get
        {
            lock (gate)
            {
                return count < Most;
            }
        }
    }

    /// <summary>Remembers a picture that is about to be sent.</summary>
    /// <exception cref="InvalidOperationException">There is no room.</exception>
    public void Add(uint number, long? captureTimestamp)
    {
        lock (gate)
        {
            if (count == Most)
            {
                throw new InvalidOperationException("two pictures are in flight already");
            }

            sent[count++] = new Entry(number, captureTimestamp);
        }
    }

    /// <summary>The client has drawn a picture; older ones that it skipped are done with as well.</summary>
    /// <param name="number">The picture's number.</param>
    /// <param name="captureTimestamp">When it was taken; null for a repeated one.</param>
    /// <returns>False when no such picture is in flight.</returns>
    public bool TryAcknowledge(uint number, out long? captureTimestamp)
    {
        lock (gate)
        {
            int index = Array.FindIndex(sent, 0, count, entry => entry.Number == number);
            captureTimestamp = index < 0 ? null : sent[index].CaptureTimestamp;
            if (index < 0)
            {
                return false;
            }

            count -= index + 1;
            Array.Copy(sent, index + 1, sent, 0, count);
            return true;
        }
    }

    private readonly record struct Entry(uint Number, long? CaptureTimestamp);
}
