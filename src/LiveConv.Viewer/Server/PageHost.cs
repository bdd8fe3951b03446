using System.Net;
using System.Net.Sockets;
using LiveConv.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveConv.Viewer;

/// <summary>
/// Kestrel on the loopback addresses or on the one that was asked for, with nothing around it: no host, no container of services, no
/// configuration, no log, no hook on Ctrl-C. The program that serves the page owns all of that.
/// </summary>
internal static class PageHost
{
    private const int PortsToTry = 100;

    // People and browsers send what they want at once; a connection that is quiet costs its browser nothing to open again.
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    // An image goes out in one piece: in pieces of 64 KiB, the default, each would wait its turn behind the work for other pages.
    private const int MaxUnsentBytes = 1 << 20;
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PongTimeout = TimeSpan.FromSeconds(120);

    /// <summary>Starts serving.</summary>
    /// <param name="listen">The address to serve on; null for the loopback addresses.</param>
    /// <param name="port">The port to try first.</param>
    /// <param name="portIsExact">False: the next free port will do.</param>
    /// <param name="requests">Answers every request.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <returns>The server, owned by the caller, and its port.</returns>
    /// <exception cref="LiveConvException">The port is taken or not allowed, or none is free.</exception>
    public static async Task<(KestrelServer Server, int Port)> StartAsync(
        IPAddress? listen, int port, bool portIsExact, PageRequests requests, CancellationToken stop)
    {
        int last = portIsExact ? port : Math.Min(port + PortsToTry - 1, 65535);
        for (int candidate = port; candidate <= last; candidate++)
        {
            if (await TryStartAsync(listen, candidate, requests, stop).ConfigureAwait(false) is { } server)
            {
                return (server, candidate);
            }
        }

        throw new LiveConvException(portIsExact
            ? $"port {port} is taken by another program{Reserved}; name another one with --port, or none to get a free one"
            : $"no port from {port} to {last} is free; name another one with --port");
    }

    private static string Reserved => OperatingSystem.IsWindows() ? " or reserved by Windows" : "";

    private static async Task<KestrelServer?> TryStartAsync(IPAddress? listen, int port, PageRequests requests, CancellationToken stop)
    {
        var options = new KestrelServerOptions();
        Configure(options, listen, port, requests.Connections);
        var transport = new PacedTransport(requests.Guard, requests.Time, NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(new Answers(requests), stop).ConfigureAwait(false);
            return server;
        }
        catch (Exception e) when (IsTaken(e))
        {
            server.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            server.Dispose();
            throw new LiveConvException(
                $"the page cannot be served on {listen?.ToString() ?? "localhost"}, port {port} ({e.Message}); name another one with "
                + "--listen or --port", e);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    // Windows reserves ranges of ports for Hyper-V, WSL and containers; nobody listens there, and nobody else may.
    internal static bool IsTaken(Exception failure) => failure switch
    {
        AddressInUseException => true,
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => true,
        SocketException { SocketErrorCode: SocketError.AccessDenied } => OperatingSystem.IsWindows(),
        AggregateException several => several.InnerExceptions.Any(IsTaken),
        _ => failure.InnerException is { } inner && IsTaken(inner),
    };

    private static void Configure(KestrelServerOptions kestrel, IPAddress? listen, int port, ConnectionGate connections)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
        kestrel.Limits.KeepAliveTimeout = IdleTimeout;
        kestrel.Limits.MaxResponseBufferSize = MaxUnsentBytes;
        kestrel.Limits.MaxConcurrentConnections = null; // ConnectionGate counts them, in two shares.
        kestrel.Limits.MaxConcurrentUpgradedConnections = null; // PageRequests counts them, and says so.
        if (listen is not null)
        {
            kestrel.Listen(listen, port, Guard);
            return;
        }

        // Both loopback addresses, because a browser may take either for "localhost": if one of them is somebody else's, the port
        // counts as taken.
        kestrel.ListenLocalhost(port, Guard);

        void Guard(ListenOptions options) => options.Use(serve => connection => connections.ServeAsync(connection, serve));
    }

    /// <summary>What is done with a request: WebSockets whose frames are paced, then the answer.</summary>
    private sealed class Answers : IHttpApplication<HttpContext>
    {
        private readonly WebSocketMiddleware sockets;

        public Answers(PageRequests requests)
        {
            var options = new WebSocketOptions { KeepAliveInterval = PingInterval, KeepAliveTimeout = PongTimeout };
            sockets = new WebSocketMiddleware(requests.AnswerAsync, Options.Create(options), NullLoggerFactory.Instance);
        }

        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context)
        {
            PacedUpgrade.Apply(context);
            return sockets.Invoke(context);
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            // It owns nothing.
        }
    }
}
