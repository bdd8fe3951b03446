using System.Net;
using Microsoft.AspNetCore.Connections;

namespace LiveConv.Viewer;

/// <summary>
/// How many connections are open, in two shares: those that have shown no token yet, which anybody can open, and the others. A full
/// share makes room for a new connection by ending one of its own, so nobody who holds connections keeps others out. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ConnectionGate(TimeProvider time)
{
    /// <summary>The connections without a token.</summary>
    public const int MaxStrangers = 32;

    /// <summary>The connections that have shown a token, those of pages among them.</summary>
    public const int MaxKnown = 96;

    // Who asks for a small file takes its answer at once.
    private static readonly TimeSpan MaxWork = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = [];

    /// <summary>Serves a connection, if there is room for it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="serve">Serves it until it ends.</param>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate serve)
    {
        if (!TryAdmit(connection))
        {
            connection.Abort(new ConnectionAbortedException("too many connections"));
            return;
        }

        try
        {
            await serve(connection).ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
            {
                entries.Remove(connection.ConnectionId);
            }
        }
    }

    /// <summary>A request has come on a connection.</summary>
    public void Begin(string connection) => Change(connection, entry => entry.WorkSince = time.GetTimestamp());

    /// <summary>The request was answered.</summary>
    public void End(string connection) => Change(connection, entry => entry.WorkSince = null);

    /// <summary>The connection has shown a token of this run, and changes to the other share, if that has room.</summary>
    /// <param name="connection">Its id.</param>
    /// <param name="isPage">It becomes a page's, of which there are few: it changes in any case.</param>
    public void Recognize(string connection, bool isPage)
    {
        Entry? ended = null;
        lock (gate)
        {
            if (entries.TryGetValue(connection, out Entry? entry) && !entry.IsKnown)
            {
                bool isFull = IsFull(isKnown: true);
                ended = isFull ? TakeOne(isKnown: true) : null;
                entry.IsKnown = isPage || !isFull || ended is not null;
            }
        }

        ended?.Abort();
    }

    private bool TryAdmit(ConnectionContext connection)
    {
        Entry? ended = null;
        lock (gate)
        {
            if (IsFull(isKnown: false))
            {
                ended = TakeOne(isKnown: false);
                if (ended is null)
                {
                    return false;
                }
            }

            entries[connection.ConnectionId] = new Entry(connection, time.GetTimestamp());
        }

        ended?.Abort();
        return true;
    }

    private void Change(string connection, Action<Entry> change)
    {
        lock (gate)
        {
            if (entries.TryGetValue(connection, out Entry? entry))
            {
                change(entry);
            }
        }
    }

    private bool IsFull(bool isKnown) => entries.Values.Count(entry => entry.IsKnown == isKnown) >= (isKnown ? MaxKnown : MaxStrangers);

    // One of the network that has most of them; there the one that has been idle longest, else the one that has been answered longest, if
    // that is long. A page's is never taken.
    private Entry? TakeOne(bool isKnown)
    {
        Entry[] share = [.. entries.Values.Where(entry => entry.IsKnown == isKnown)];
        Dictionary<IPAddress, int> counts = share.CountBy(entry => entry.From).ToDictionary();
        Entry? oldest = share
            .Where(entry => entry.WorkSince is not { } since || (!isKnown && time.GetElapsedTime(since) > MaxWork))
            .OrderByDescending(entry => counts[entry.From])
            .ThenBy(entry => entry.WorkSince is not null)
            .ThenBy(entry => entry.Since)
            .FirstOrDefault();
        if (oldest is not null)
        {
            entries.Remove(oldest.Id);
        }

        return oldest;
    }

    private sealed class Entry(ConnectionContext connection, long since)
    {
        public string Id => connection.ConnectionId;

        public long Since => since;

        public IPAddress From { get; } = Visitor.NetworkOf((connection.RemoteEndPoint as IPEndPoint)?.Address);

        public bool IsKnown { get; set; }

        /// <summary>When its request came; null between requests.</summary>
        public long? WorkSince { get; set; }

        public void Abort() => connection.Abort(new ConnectionAbortedException("a newer connection took its place"));
    }
}
