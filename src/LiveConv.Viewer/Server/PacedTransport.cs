using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace LiveConv.Viewer;

/// <summary>
/// Takes connections from the system as fast as they come, so that a flood of them fills no queue in which others would wait, and serves
/// those that come in time or bring a request, for which there are rates of their own; the others are reset.
/// </summary>
/// <param name="guard">Knows tokens.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The server's log.</param>
internal sealed class PacedTransport(RequestGuard guard, TimeProvider time, ILoggerFactory log) : IConnectionListenerFactory
{
    // The system may have a lower bound of its own.
    private const int MaxUnaccepted = 4096;
    private readonly ConnectionRate rate = new(time);

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Socket? socket = null;
        try
        {
            socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            socket.Listen(MaxUnaccepted);
            return ValueTask.FromResult<IConnectionListener>(new Listener(socket, guard, rate, log));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket?.Dispose();
            throw new AddressInUseException(e.Message, e);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    private sealed class Listener : IConnectionListener
    {
        // After so many without a pause others have their turn on this thread.
        private const int MaxAtOnce = 64;

        // No file is left for a connection: others end meanwhile.
        private static readonly TimeSpan FullWait = TimeSpan.FromMilliseconds(10);
        private readonly Socket socket;
        private readonly ConnectionRate rate;
        private readonly SocketConnectionContextFactory connections;
        private readonly ConnectionTriage triage;
        private readonly Channel<Socket> served = Channel.CreateUnbounded<Socket>();
        private readonly Task accepting;
        private volatile bool isOver;

        public Listener(Socket socket, RequestGuard guard, ConnectionRate rate, ILoggerFactory log)
        {
            this.socket = socket;
            this.rate = rate;
            EndPoint = socket.LocalEndPoint!;
            connections = new SocketConnectionContextFactory(
                new SocketConnectionFactoryOptions(), log.CreateLogger<SocketConnectionContextFactory>());
            triage = new ConnectionTriage((start, network) => guard.VisitorIn(start.Span, network), rate, Serve);
            accepting = Task.Run(AcceptAllAsync);
        }

        public EndPoint EndPoint { get; }

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await served.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (served.Reader.TryRead(out Socket? accepted))
                {
                    return connections.Create(accepted);
                }
            }

            return null;
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            isOver = true;
            socket.Dispose();
            await accepting.ConfigureAwait(false);
            triage.Dispose();
            served.Writer.TryComplete();
        }

        public async ValueTask DisposeAsync()
        {
            await UnbindAsync().ConfigureAwait(false);
            while (served.Reader.TryRead(out Socket? left))
            {
                left.Dispose();
            }

            connections.Dispose();
        }

        private async Task AcceptAllAsync()
        {
            for (int count = 1; !isOver; count++)
            {
                try
                {
                    Take(await socket.AcceptAsync().ConfigureAwait(false));
                    if (count % MaxAtOnce == 0)
                    {
                        await Task.Yield();
                    }
                }
                catch (ObjectDisposedException)
                {
                    return;
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
                {
                    await Task.Delay(FullWait).ConfigureAwait(false);
                }
                catch (SocketException)
                {
                    // It ended before it was taken, or this is the end.
                }
            }
        }

        private void Take(Socket accepted)
        {
            IPAddress network = Visitor.NetworkOf((accepted.RemoteEndPoint as IPEndPoint)?.Address);
            if (rate.TryTake(network))
            {
                Serve(accepted);
            }
            else
            {
                triage.Add(accepted, network);
            }
        }

        private void Serve(Socket accepted)
        {
            try
            {
                accepted.NoDelay = true;
                if (served.Writer.TryWrite(accepted))
                {
                    return;
                }
            }
            catch (SocketException)
            {
                // It has ended already.
            }

            accepted.Dispose();
        }
    }
}
