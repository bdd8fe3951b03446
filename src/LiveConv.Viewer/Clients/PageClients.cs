using System.Net.WebSockets;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>The pages that are connected. Thread-safe.</summary>
/// <param name="sessions">Where their sessions are opened. Owned.</param>
internal sealed class PageClients(PageSessions sessions) : IDisposable
{
    private readonly Lock gate = new();
    private volatile PageClient[] clients = [];
    private bool isClosed;

    /// <summary>The sessions.</summary>
    public PageSessions Sessions => sessions;

    /// <summary>Serves one page until it leaves.</summary>
    /// <param name="socket">The accepted connection; the caller disposes it.</param>
    /// <param name="role">What the page may do.</param>
    public async Task ServeAsync(WebSocket socket, PageRole role)
    {
        var client = new PageClient(socket, role, sessions);
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

    /// <summary>Whether there is a page that takes nothing any more.</summary>
    public bool HasStale => clients.Any(client => client.IsStale);

    /// <summary>Ends a page that takes nothing any more, to make place for another.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryEndStale()
    {
        PageClient? stale;
        lock (gate)
        {
            stale = Array.Find(clients, client => client.IsStale);
            clients = stale is null ? clients : Array.FindAll(clients, other => other != stale);
        }

        _ = stale?.CloseAsync(WebSocketCloseStatus.PolicyViolation, "this page took no image for a minute, and another wants its place");
        return stale is not null;
    }

    /// <summary>Tells every page that this is the end.</summary>
    public async Task CloseAsync()
    {
        Volatile.Write(ref isClosed, true);
        await Task.WhenAll(clients.Select(CloseAsync)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => sessions.Dispose();

    private static Task CloseAsync(PageClient client) =>
        client.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "LiveConv has ended");
}
