using LiveConv.Pipeline;

namespace LiveConv.Viewer;

/// <summary>
/// The one slot that every client takes its next picture from: the newest maps, written as a message when the first client asks
/// for them and shared by the others. Nobody asks, nothing is copied. Thread-safe.
/// </summary>
/// <param name="writer">Writes the planes; disposed with the slot.</param>
/// <param name="stats">Where pictures are counted that no client asked for.</param>
/// <param name="time">The clock of the frames' timestamps.</param>
internal sealed class LatestPicture(PictureWriter writer, FrameStats stats, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly PictureMessagePool pool = new();
    private EdgeMaps? maps;
    private readonly PictureMessage?[] messages = new PictureMessage?[8];
    private bool wasTaken;
    private uint number;
    private bool isClosed;

    /// <summary>Puts newer maps in the place of the older ones.</summary>
    /// <param name="newer">Takes ownership of one lease.</param>
    /// <param name="hasClients">
    /// True when somebody looks. Only then is a picture that nobody took a dropped one; it counts once, whatever the number of
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
        }
    }

    /// <summary>The newest picture, if it is newer than the one that the client had last.</summary>
    /// <param name="last">The number of the client's last picture; 0 for none.</param>
    /// <param name="planes">The planes that the client wants.</param>
    /// <returns>A message with a lease for the caller, or null when there is nothing newer.</returns>
    public PictureMessage? TakeAfter(uint last, Planes planes)
    {
        lock (gate)
        {
            if (maps is null || number == last || planes == Planes.None)
            {
                return null;
            }

            wasTaken = true;
            ref PictureMessage? message = ref messages[(int)planes];
            message ??= Write(maps, planes);
            return message.Share();
        }
    }

    /// <summary>Looks at the newest maps. They are lent for the length of the call, and newer ones wait for its end.</summary>
    /// <param name="look">Gets the maps and their number; must be quick.</param>
    /// <returns>What it returned, or the default when there are no maps.</returns>
    public T? Look<T>(Func<EdgeMaps, uint, T> look)
    {
        lock (gate)
        {
            return maps is null ? default : look(maps, number);
        }
    }

    /// <summary>Gives back what is held, now and later.</summary>
    public void Dispose()
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

    private PictureMessage Write(EdgeMaps from, Planes planes)
    {
        PictureMessage written = pool.Rent();
        written.Write(writer, from, planes, number, time.GetElapsedTime(from.Frame.CaptureTimestamp));
        return written;
    }

    private void Release()
    {
        foreach (PictureMessage? message in messages)
        {
            message?.Dispose();
        }

        Array.Clear(messages);
        wasTaken = false;
        maps?.Dispose();
        maps = null;
    }
}
