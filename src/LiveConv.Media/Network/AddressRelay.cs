using System.Buffers;
using System.Net;
using System.Net.Sockets;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Stands between FFmpeg and the servers that it reads, on a port of this machine, because FFmpeg itself follows a server anywhere. It
/// connects through an <see cref="AddressGuard"/>, and knows why a connection was not made. Serves one FFmpeg, and ends with it.
/// Other accounts of the machine are not served, where their connections can be distinguished (<see cref="ConnectionOwner"/>).
/// Thread-safe.
/// </summary>
internal abstract class AddressRelay : IDisposable
{
    private const int MaxConnections = 64;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly SemaphoreSlim free = new(MaxConnections);
    private readonly AddressGuard guard;
    private readonly ConnectionOwner owner = new();
    private volatile string? refusal;
    private volatile string? fault;

    /// <summary>Starts it.</summary>
    /// <param name="guard">Makes the connections.</param>
    protected AddressRelay(AddressGuard guard)
    {
        this.guard = guard;
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>A server led where it may not. Called once, on any thread.</summary>
    public event Action? Refused;

    /// <summary>Why a server was not followed, as a clause; null when none had to be refused.</summary>
    public string? Refusal => refusal;

    /// <summary>Why the last connection could not be made, in FFmpeg's words; null when it was made.</summary>
    public string? Fault
    {
        get => fault;
        protected set => fault = value;
    }

    /// <summary>What FFmpeg's environment has to hold; null removes a variable.</summary>
    public virtual IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>();

    /// <summary>The port that it listens on.</summary>
    protected int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The address that FFmpeg opens in place of another one.</summary>
    /// <param name="address">The address that the user chose.</param>
    public virtual string Replace(string address) => address;

    /// <inheritdoc/>
    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
    }

    /// <summary>Serves a connection of FFmpeg's until either side ends it.</summary>
    /// <param name="client">FFmpeg's side. Owned by the caller.</param>
    /// <param name="stop">Ends it.</param>
    protected abstract Task ServeAsync(NetworkStream client, CancellationToken stop);

    /// <summary>Connects to a server.</summary>
    /// <param name="to">The server.</param>
    /// <param name="stop">Ends the attempt.</param>
    /// <returns>Null when there is no connection; <see cref="Refusal"/> or <see cref="Fault"/> then says why.</returns>
    protected async Task<NetworkStream?> ConnectAsync(HostPort to, CancellationToken stop)
    {
        try
        {
            Socket socket = await guard.ConnectAsync(to.Host, to.Port, stop).ConfigureAwait(false);
            fault = null;
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (LiveConvException e)
        {
            Refuse(e.Message);
        }
        catch (SocketException e)
        {
            fault = InWordsOfFFmpeg(e.SocketErrorCode);
        }

        return null;
    }

    /// <summary>Ends the reading, because the server does what it may not.</summary>
    /// <param name="reason">A clause.</param>
    protected void Refuse(string reason)
    {
        if (refusal is null)
        {
            refusal = reason;
            Refused?.Invoke();
        }
    }

    /// <summary>Copies what comes until there is no more.</summary>
    protected static async Task CopyAsync(Stream from, Stream to, CancellationToken stop)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        int length;
        while ((length = await from.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, length), stop).ConfigureAwait(false);
        }

        // After a fault the connection may still write to it.
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static string InWordsOfFFmpeg(SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => "Failed to resolve hostname",
        SocketError.ConnectionRefused => "Connection refused",
        SocketError.NetworkUnreachable => "Network is unreachable",
        SocketError.HostUnreachable or SocketError.HostDown => "No route to host",
        SocketError.TimedOut => "Connection timed out",
        _ => "failed: Input/output error",
    };

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await listener.AcceptSocketAsync(end.Token).ConfigureAwait(false);
                if (!owner.IsThisUsers(EndOf(client.LocalEndPoint), EndOf(client.RemoteEndPoint)))
                {
                    client.Dispose();
                    continue;
                }

                await free.WaitAsync(end.Token).ConfigureAwait(false);
                _ = Task.Run(() => ServeAndCloseAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It has ended.
        }
    }

    private async Task ServeAndCloseAsync(Socket client)
    {
        try
        {
            // macOS refuses this where the other side has gone.
            client.NoDelay = true;
            using var stream = new NetworkStream(client, ownsSocket: false);
            using var closed = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
            await ServeAsync(stream, closed.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The relay has ended, or the other side of the connection.
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // FFmpeg is to see that the connection broke off, and was not ended.
            client.LingerState = new LingerOption(true, 0);
        }
        finally
        {
            client.Dispose();
            free.Release();
        }
    }

    private static ConnectionEnd? EndOf(EndPoint? end) => end is IPEndPoint ip ? new(ip.Address.GetAddressBytes(), ip.Port) : null;
}
