namespace LiveConv.Page;

/// <summary>An image on its way to a page.</summary>
/// <param name="Number">The number that the page acknowledges.</param>
/// <param name="CaptureTimestamp">When it was taken; null for a repeated one.</param>
/// <param name="Started">When writing its message was started.</param>
/// <param name="Pixels">Pixels of a plane.</param>
/// <param name="IsJpeg">How it travels.</param>
internal readonly record struct SentImage(uint Number, long? CaptureTimestamp, long Started, long Pixels, bool IsJpeg);

/// <summary>
/// The images that were sent to one client and are not acknowledged yet: at most two, so that one travels while the other is
/// drawn, and a slow client gets fewer images instead of older ones. Thread-safe.
/// </summary>
internal sealed class InFlight
{
    private const int Max = 2;
    private readonly Lock gate = new();
    private readonly SentImage[] sent = new SentImage[Max];
    private int count;

    /// <summary>True when one more image may be sent.</summary>
    public bool HasRoom
    {
        get
        {
            lock (gate)
            {
                return count < Max;
            }
        }
    }

    /// <summary>When writing the oldest of them was started; null when all are acknowledged.</summary>
    public long? Oldest
    {
        get
        {
            lock (gate)
            {
                return count > 0 ? sent[0].Started : null;
            }
        }
    }

    /// <summary>Remembers an image that is about to be sent.</summary>
    /// <exception cref="InvalidOperationException">There is no room.</exception>
    public void Add(SentImage image)
    {
        lock (gate)
        {
            if (count == Max)
            {
                throw new InvalidOperationException("two images are in flight already");
            }

            sent[count++] = image;
        }
    }

    /// <summary>The client has drawn an image; older ones that it skipped are done with as well.</summary>
    /// <param name="number">The image's number.</param>
    /// <param name="image">The image.</param>
    /// <returns>False when no such image is in flight.</returns>
    public bool TryAcknowledge(uint number, out SentImage image)
    {
        lock (gate)
        {
            int index = 0;
            while (index < count && sent[index].Number != number)
            {
                index++;
            }

            image = index < count ? sent[index] : default;
            if (index == count)
            {
                return false;
            }

            count -= index + 1;
            Array.Copy(sent, index + 1, sent, 0, count);
            return true;
        }
    }
}
