using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace LiveConv.Viewer;

/// <summary>
/// Connections that come faster than their network may open them: those that bring a request at once, for which there is a rate of its own
/// and one for each visitor with a token, are served, the others are reset. So a flood keeps out nobody with a token, not from its own
/// address or proxy either. Few of them wait at once; when one more comes, chance decides which is reset, and more likely one of the
/// network that has most, so that it does not help to come often. Thread-safe.
/// </summary>
/// <param name="visitorIn">Whose a connection is, by what came on it first.</param>
/// <param name="rate">How often those with a request may come.</param>
/// <param name="serve">Takes ownership of a connection that is to be served.</param>
internal sealed class ConnectionTriage(
    Func<ReadOnlyMemory<byte>, IPAddress, Visitor> visitorIn, ConnectionRate rate, Action<Socket> serve) : IDisposable
{
    private const int Max = 256;
    private const int MaxStart = 2048;

    // Of so many that chance takes the one of the network that has most is reset.
    private const int Chosen = 8;

    // Who opens a connection sends the request at once.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private readonly List<(Socket Socket, IPAddress Network)> waiting = [];
    private readonly Dictionary<IPAddress, int> counts = [];
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
            else
            {
                reset = waiting.Count < Max ? null : TakeOne();
                waiting.Add((socket, network));
                counts[network] = counts.GetValueOrDefault(network) + 1;
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
            all = [.. waiting.Select(entry => entry.Socket)];
            waiting.Clear();
            counts.Clear();
        }

        Array.ForEach(all, Reset);
    }

    /// <summary>Ends a connection at once; its other end notices, and no state of it stays in the system.</summary>
    /// <param name="socket">The connection; null for none.</param>
    private static void Reset(Socket? socket) => socket?.Close(timeout: 0);

    private Socket TakeOne()
    {
        int chosen = Enumerable.Range(0, Chosen).Select(_ => Random.Shared.Next(waiting.Count)).MaxBy(at => counts[waiting[at].Network]);
        Socket socket = waiting[chosen].Socket;
        RemoveAt(chosen);
        return socket;
    }

    private void RemoveAt(int at)
    {
        IPAddress network = waiting[at].Network;
        waiting[at] = waiting[^1];
        waiting.RemoveAt(waiting.Count - 1);
        if (--counts[network] == 0)
        {
            counts.Remove(network);
        }
    }

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
            int at = waiting.FindIndex(entry => entry.Socket == socket);
            isOurs = at >= 0;
            if (isOurs)
            {
                RemoveAt(at);
            }
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
