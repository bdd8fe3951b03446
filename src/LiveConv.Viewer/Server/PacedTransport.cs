using System.Net;
using LiveConv.Page;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace LiveConv.Viewer;

/// <summary>
/// Accepts connections at a bounded rate, from all addresses together: in a flood of them the others wait in the system's queue, in their
/// order, and the images keep their pace.
/// </summary>
/// <param name="sockets">Listens.</param>
/// <param name="time">The clock.</param>
internal sealed class PacedTransport(SocketTransportFactory sockets, TimeProvider time) : IConnectionListenerFactory
{
    // The bound is in docs/protocol.md.
    private readonly TokenBucket accepts = new(time, burst: 200, TimeSpan.FromMilliseconds(2));

    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken).ConfigureAwait(false), accepts);

    private sealed class Listener(IConnectionListener listener, TokenBucket accepts) : IConnectionListener
    {
        private readonly CancellationTokenSource end = new();

        public EndPoint EndPoint => listener.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            TimeSpan wait = accepts.Take(1);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await end.CancelAsync().ConfigureAwait(false);
            await listener.UnbindAsync(cancellationToken).ConfigureAwait(false);
        }

        public async ValueTask DisposeAsync()
        {
            await listener.DisposeAsync().ConfigureAwait(false);
            end.Dispose();
        }
    }
}
