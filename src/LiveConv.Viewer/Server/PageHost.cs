using System.Net;
using System.Net.Sockets;
using LiveConv.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveConv.Viewer;

/// <summary>
/// Kestrel on the loopback addresses or on the one that was asked for, with nothing around it: no configuration files, no environment
/// variables, no log, no hook on Ctrl-C. The program that serves the page owns all of that.
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
    public static async Task<(WebApplication App, int Port)> StartAsync(
        IPAddress? listen, int port, bool portIsExact, PageRequests requests, CancellationToken stop)
    {
        int last = portIsExact ? port : Math.Min(port + PortsToTry - 1, 65535);
        for (int candidate = port; candidate <= last; candidate++)
        {
            if (await TryStartAsync(listen, candidate, requests, stop).ConfigureAwait(false) is { } app)
            {
                return (app, candidate);
            }
        }

        throw new LiveConvException(portIsExact
            ? $"port {port} is taken by another program{Reserved}; name another one with --port, or none to get a free one"
            : $"no port from {port} to {last} is free; name another one with --port");
    }

    private static string Reserved => OperatingSystem.IsWindows() ? " or reserved by Windows" : "";

    private static async Task<WebApplication?> TryStartAsync(IPAddress? listen, int port, PageRequests requests, CancellationToken stop)
    {
        WebApplication app = Build(listen, port, requests);
        try
        {
            await app.StartAsync(stop).ConfigureAwait(false);
            return app;
        }
        catch (Exception e) when (IsTaken(e))
        {
            await app.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new LiveConvException(
                $"the page cannot be served on {listen?.ToString() ?? "localhost"}, port {port} ({e.Message}); name another one with "
                + "--listen or --port", e);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
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

    private static WebApplication Build(IPAddress? listen, int port, PageRequests requests)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, listen, port, requests.Connections));
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services =>
            new PacedTransport(requests.Guard, requests.Time, services.GetRequiredService<ILoggerFactory>()));
        WebApplication app = builder.Build();
        app.Use((context, next) =>
        {
            PacedUpgrade.Apply(context);
            return next(context);
        });
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = PingInterval, KeepAliveTimeout = PongTimeout });
        app.Run(requests.AnswerAsync);
        return app;
    }

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

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
