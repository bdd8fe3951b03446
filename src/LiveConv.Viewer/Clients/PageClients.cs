using System.Net.WebSockets;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>The pages that are connected. Thread-safe.</summary>
internal sealed class PageClients : IDisposable
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(1);
    private readonly PageSessions sessions;
    private readonly ITimer check;
    private readonly Lock gate = new();
    private volatile PageClient[] clients = [];
    private bool isClosed;

    /// <summary>Starts without a page.</summary>
    /// <param name="sessions">Where their sessions are opened. Owned.</param>
    /// <param name="time">The clock.</param>
    public PageClients(PageSessions sessions, TimeProvider time)
    {
        this.sessions = sessions;
        check = time.CreateTimer(static all => ((PageClients)all!).EndStale(), this, CheckPeriod, CheckPeriod);
    }

    /// <summary>The sessions.</summary>
    public PageSessions Sessions => sessions;

    /// <summary>Serves one page until it leaves.</summary>
    /// <param name="socket">The accepted connection; the caller disposes it.</param>
    /// <param name="role">What the page may do.</param>
    /// <param name="rates">How often it may send what.</param>
    /// <param name="lost">Completes when another page has taken its place.</param>
    public async Task ServeAsync(WebSocket socket, PageRole role, PageRates rates, Task lost)
    {
        var client = new PageClient(socket, role, rates, sessions);
        _ = lost.ContinueWith(_ => client.EndAsLostAsync(), TaskScheduler.Default);
        lock (gate)
        {
            clients = [.. clients, client];
        }

        try
        {
            if (Volatile.Read(ref isClosed))
            {
                await CloseAsync(client).ConfigureAwait(false);
            }

            await client.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
            {
                clients = Array.FindAll(clients, other => other != client);
            }
        }
    }

    /// <summary>Tells every page that this is the end.</summary>
    public async Task CloseAsync()
    {
        Volatile.Write(ref isClosed, true);
        await Task.WhenAll(clients.Select(CloseAsync)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        check.Dispose();
        sessions.Dispose();
    }

    // A page that takes nothing any more loses its place, also while nobody wants it.
    private void EndStale()
    {
        foreach (PageClient client in clients)
        {
            _ = client.EndIfStaleAsync();
        }
    }

    private static Task CloseAsync(PageClient client) =>
        client.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "LiveConv has ended");
}
