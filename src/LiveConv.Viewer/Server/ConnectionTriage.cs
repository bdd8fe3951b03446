using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace LiveConv.Viewer;

/// <summary>
/// Connections that come faster than their network may open them: those that bring a request at once, for which there is a rate of its own
/// and one for each visitor with a token, are served, the others are reset. So a flood keeps out nobody with a token, not from its own
/// address or proxy either. Few of them wait at once; when one more comes, chance
/// decides which is reset, so that it does not help to come often. Thread-safe.
/// </summary>
/// <param name="visitorIn">Whose a connection is, by what came on it first.</param>
/// <param name="rate">How often those with a request may come.</param>
/// <param name="serve">Takes ownership of a connection that is to be served.</param>
internal sealed class ConnectionTriage(
    Func<ReadOnlyMemory<byte>, IPAddress, Visitor> visitorIn, ConnectionRate rate, Action<Socket> serve) : IDisposable
{
    private const int Max = 256;
    private const int MaxStart = 2048;

    // Who opens a connection sends the request at once.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private readonly List<Socket> waiting = [];
    private bool isOver;

    /// <summary>Takes a connection.</summary>
    /// <param name="socket">The connection. Owned.</param>
    /// <param name="network">Where it comes from.</param>
    public void Add(Socket socket, IPAddress network)
    {
        Socket? reset = null;
        lock (gate)
        {
            if (isOver)
            {
                reset = socket;
            }
            else if (waiting.Count < Max)
            {
                waiting.Add(socket);
            }
            else
            {
                int chosen = Random.Shared.Next(Max);
                (reset, waiting[chosen]) = (waiting[chosen], socket);
            }
        }

        Reset(reset);
        if (reset != socket)
        {
            _ = DecideAsync(socket, network);
        }
    }

    /// <summary>Resets those that wait.</summary>
    public void Dispose()
    {
        Socket[] all;
        lock (gate)
        {
            isOver = true;
            all = [.. waiting];
            waiting.Clear();
        }

        Array.ForEach(all, Reset);
    }

    /// <summary>Ends a connection at once; its other end notices, and no state of it stays in the system.</summary>
    /// <param name="socket">The connection; null for none.</param>
    private static void Reset(Socket? socket) => socket?.Close(timeout: 0);

    private async Task DecideAsync(Socket socket, IPAddress network)
    {
        bool isServed = false;
        byte[] start = ArrayPool<byte>.Shared.Rent(MaxStart);
        try
        {
            using var timeout = new CancellationTokenSource(MaxWait);
            int read = await socket.ReceiveAsync(start, SocketFlags.Peek, timeout.Token).ConfigureAwait(false);
            isServed = read > 0 && rate.TryTake(visitorIn(start.AsMemory(0, read), network));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It has ended, sent nothing, or made way for another.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(start);
        }

        bool isOurs;
        lock (gate)
        {
            isOurs = waiting.Remove(socket);
        }

        if (isOurs && isServed)
        {
            serve(socket);
        }
        else
        {
            Reset(socket);
        }
    }
}
