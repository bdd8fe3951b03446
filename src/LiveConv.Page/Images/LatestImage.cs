using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// The one slot that every client takes its next image from: the newest maps, written as a message when the first client asks
/// for them and shared by the others. Nobody asks, nothing is copied. Thread-safe.
/// </summary>
/// <param name="writer">Writes the planes; disposed with the slot.</param>
/// <param name="stats">Where images are counted that no client asked for.</param>
/// <param name="time">The clock of the frames' timestamps.</param>
internal sealed class LatestImage(ImageWriter writer, FrameStats stats, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Lock writing = new();
    private readonly Lock looking = new();
    private readonly ImageMessagePool pool = new();
    private readonly List<(ImageParts Parts, ImageMessage Message)> messages = [];
    private EdgeMaps? maps;
    private bool wasTaken;
    private uint number;
    private long newest;
    private bool isClosed;

    /// <summary>Whether planes can become JPEG files.</summary>
    public bool HasJpeg => writer.HasJpeg;

    /// <summary>What the newest image was filtered with, or null before the first.</summary>
    public Preset? Preset
    {
        get
        {
            lock (gate)
            {
                return maps?.Preset;
            }
        }
    }

    /// <summary>When the newest image came; the clock's timestamp, 0 before the first.</summary>
    public long Newest => Interlocked.Read(ref newest);

    /// <summary>Puts newer maps in the place of the older ones. Waits neither for a message that is being written nor for a read.</summary>
    /// <param name="newer">Takes ownership of one lease.</param>
    /// <param name="hasClients">
    /// True when somebody looks. Only then is an image that nobody took a dropped one; it counts once, whatever the number of
    /// clients, as it would for a single slow screen.
    /// </param>
    public void Put(EdgeMaps newer, bool hasClients)
    {
        lock (gate)
        {
            if (isClosed)
            {
                newer.Dispose();
                return;
            }

            if (maps is not null && !wasTaken && hasClients && !maps.Frame.IsRepeat)
            {
                stats.CountDropped(DropCause.DisplayBusy);
            }

            Release();
            maps = newer;
            number++;
            Interlocked.Exchange(ref newest, time.GetTimestamp());
        }
    }

    /// <summary>The newest image, if it is newer than the one that the client had last.</summary>
    /// <param name="last">The number of the client's last image; 0 for none.</param>
    /// <param name="shown">What the client shows.</param>
    /// <param name="isExact">
    /// The client gets planes as large as it draws them, and not those that clients share who draw about the same.
    /// </param>
    /// <param name="choice">How the client wants them.</param>
    /// <returns>A message with a lease for the caller, or null when there is nothing newer.</returns>
    public ImageMessage? TakeAfter(uint last, IReadOnlyList<ShownPlane> shown, bool isExact, FormatChoice choice)
    {
        // One writes at a time; a client that waits here finds the message that it waited for.
        lock (writing)
        {
            EdgeMaps from;
            uint taken;
            ImageParts parts;
            lock (gate)
            {
                if (maps is null || number == last || shown.Count == 0)
                {
                    return null;
                }

                wasTaken = true;
                parts = ImageParts.Of(maps, shown, isExact);
                parts = parts with { IsJpeg = choice.IsJpeg(parts.Pixels) };
                if (Find(parts) is { } message)
                {
                    return message.Share();
                }

                from = maps;
                from.AddLease();
                taken = number;
            }

            using (from)
            {
                ImageMessage written = Write(from, parts, taken);
                Keep(written, parts, taken);
                return written;
            }
        }
    }

    /// <summary>Writes an image that a page holds: raw, so that its pixels are those of the numbers.</summary>
    /// <param name="held">The image; borrowed for the length of the call.</param>
    /// <param name="shown">The planes that the page shows.</param>
    /// <returns>A message with a lease for the caller.</returns>
    public ImageMessage WriteHeld(ViewedImage held, IReadOnlyList<ShownPlane> shown)
    {
        ImageMessage written = pool.Rent();
        written.WriteHeld(held, shown);
        return written;
    }

    /// <summary>Looks at the newest maps, which are lent for the length of the call. One looks at a time.</summary>
    /// <param name="read">Gets the maps and their number.</param>
    /// <returns>What it returned, or the default when there are no maps.</returns>
    public T? Read<T>(Func<EdgeMaps, uint, T> read)
    {
        lock (looking)
        {
            EdgeMaps seen;
            uint its;
            lock (gate)
            {
                if (maps is null)
                {
                    return default;
                }

                seen = maps;
                seen.AddLease();
                its = number;
            }

            using (seen)
            {
                return read(seen, its);
            }
        }
    }

    /// <summary>Gives back what is held, now and later; waits for what is being written or looked at.</summary>
    public void Dispose()
    {
        lock (looking)
        {
            lock (writing)
            {
                lock (gate)
                {
                    if (!isClosed)
                    {
                        isClosed = true;
                        Release();
                        writer.Dispose();
                    }
                }
            }
        }
    }

    private ImageMessage? Find(ImageParts parts)
    {
        foreach ((ImageParts its, ImageMessage message) in messages)
        {
            if (its == parts)
            {
                return message;
            }
        }

        return null;
    }

    private ImageMessage Write(EdgeMaps from, ImageParts parts, uint its)
    {
        ImageMessage written = pool.Rent();
        try
        {
            written.Write(writer, from, parts, its, time.GetElapsedTime(from.Frame.CaptureTimestamp));
            return written;
        }
        catch
        {
            written.Dispose();
            throw;
        }
    }

    // For the next client that asks, unless newer maps have come meanwhile.
    private void Keep(ImageMessage written, ImageParts parts, uint its)
    {
        lock (gate)
        {
            if (number == its && maps is not null)
            {
                messages.Add((parts, written.Share()));
            }
        }
    }

    private void Release()
    {
        foreach ((_, ImageMessage message) in messages)
        {
            message.Dispose();
        }

        messages.Clear();
        wasTaken = false;
        maps?.Dispose();
        maps = null;
    }
}
