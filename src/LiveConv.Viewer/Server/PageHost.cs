using System.Net;
using LiveConv.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveConv.Viewer;

/// <summary>
/// Kestrel on the loopback addresses or on the one that was asked for, with nothing around it: no configuration files, no environment
/// variables, no log, no hook on Ctrl-C. The program that serves the page owns all of that.
/// </summary>
internal static class PageHost
{
    private const int PortsToTry = 100;
    private const int MaxConnections = 64;
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PongTimeout = TimeSpan.FromSeconds(120);

    /// <summary>Starts serving.</summary>
    /// <param name="listen">The address to serve on; null for the loopback addresses.</param>
    /// <param name="port">The port to try first.</param>
    /// <param name="portIsExact">False: the next free port will do.</param>
    /// <param name="handler">Answers every request.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <returns>The server, owned by the caller, and its port.</returns>
    /// <exception cref="LiveConvException">The port is taken or not allowed, or none is free.</exception>
    public static async Task<(WebApplication App, int Port)> StartAsync(
        IPAddress? listen, int port, bool portIsExact, RequestDelegate handler, CancellationToken stop)
    {
        int last = portIsExact ? port : Math.Min(port + PortsToTry - 1, 65535);
        for (int candidate = port; candidate <= last; candidate++)
        {
            if (await TryStartAsync(listen, candidate, handler, stop).ConfigureAwait(false) is { } app)
            {
                return (app, candidate);
            }
        }

        throw new LiveConvException(portIsExact
            ? $"port {port} is taken by another program; name another one with --port, or none to get a free one"
            : $"no port from {port} to {last} is free; name another one with --port");
    }

    private static async Task<WebApplication?> TryStartAsync(IPAddress? listen, int port, RequestDelegate handler, CancellationToken stop)
    {
        WebApplication app = Build(listen, port, handler);
        try
        {
            await app.StartAsync(stop).ConfigureAwait(false);
            return app;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
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

    private static WebApplication Build(IPAddress? listen, int port, RequestDelegate handler)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, listen, port));
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        WebApplication app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = PingInterval, KeepAliveTimeout = PongTimeout });
        app.Run(handler);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, IPAddress? listen, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = null; // PageRequests counts them, and says so.
        if (listen is not null)
        {
            kestrel.Listen(listen, port);
            return;
        }

        // Both loopback addresses, because a browser may take either for "localhost": if one of them is somebody else's, the port
        // counts as taken.
        kestrel.ListenLocalhost(port);
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
