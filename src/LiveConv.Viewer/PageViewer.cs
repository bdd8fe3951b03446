using System.Net;
using LiveConv.Page;
using LiveConv.Pipeline;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LiveConv.Viewer;

/// <summary>
/// Shows the maps on a page in every browser that asks for it. Start it, then hand it maps. Thread-safe.
/// </summary>
/// <remarks>
/// It holds the lease of the newest maps until newer ones come, so a pool that feeds it needs four buffers for it: the ones it
/// holds, the ones it is being given, and those that are being written as a message or looked at through X-ray.
/// </remarks>
public sealed class PageViewer : IMapSink
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(200);
    private readonly PageClients clients;
    private readonly BackgroundThread background;
    private readonly AddressBook addresses;
    private readonly IPAddress? listen;
    private readonly PageRequests requests;
    private KestrelServer? server;
    private volatile GuestLink? guests;
    private int started;

    /// <summary>Makes a page that is not yet served.</summary>
    /// <param name="controls">What the page's keys and buttons change.</param>
    /// <param name="stats">Where frames that were drawn are counted, and what the page's statistics show.</param>
    /// <param name="notices">Lines that the page shows.</param>
    /// <param name="source">Describes the source now; called on any thread, must not block.</param>
    /// <param name="time">The clock whose timestamps the frames carry.</param>
    /// <param name="options">What people can choose about the page.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The JPEG quality is not 1 to 100.</exception>
    /// <exception cref="LiveConvException">JPEG was chosen, and libturbojpeg is not installed.</exception>
    public PageViewer(
        LiveControls controls,
        FrameStats stats,
        Notices notices,
        Func<SourceInfo> source,
        TimeProvider time,
        PageOptions options)
    {
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(stats);
        ArgumentNullException.ThrowIfNull(notices);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.JpegQuality, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.JpegQuality, 100, nameof(options));
        PageJpeg? jpeg = PageJpeg.Of(options);
        background = new BackgroundThread("page requests");
        var context = new PageContext(controls, stats, notices, source, time)
        {
            Format = options.Format,
            Jpeg = jpeg,
            Camera = options.Camera,
            Recordings = options.Recordings,
            Network = options.Network,
            Lessons = options.Lessons,
            FileSize = SizeOf,
            RunInBackground = background.Add,
            Guests = () => guests,
        };
        clients = new PageClients(new PageSessions(context), time);
        listen = options.Listen;
        PublicAddress? proxy = options.PublicUrl is { } address ? new PublicAddress(address) : null;
        var names = MachineNames.OfThisMachine();
        var guard = new RequestGuard(isListening: listen is not null, proxy, names, time);
        addresses = new AddressBook(listen, proxy, names, guard);
        requests = new PageRequests(guard, proxy, clients, options.Recordings, new ConnectionGate(time), time);
    }

    /// <summary>Serves the page on this machine's loopback addresses, or where <see cref="PageOptions.Listen"/> says.</summary>
    /// <param name="port">The port to try first, 1 to 65535.</param>
    /// <param name="portIsExact">True when the user named this port: no other will do. False takes the next free one.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <returns>The addresses to open in a browser.</returns>
    /// <exception cref="LiveConvException">The port is taken or not allowed, or no port is free.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is not 1 to 65535.</exception>
    /// <exception cref="InvalidOperationException">Started already.</exception>
    public async Task<PageAddresses> StartAsync(int port, bool portIsExact, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        if (Interlocked.Exchange(ref started, 1) == 1)
        {
            throw new InvalidOperationException("the page is served already");
        }

        (server, int granted) = await PageHost.StartAsync(listen, port, portIsExact, requests, stop).ConfigureAwait(false);
        PageAddresses served = addresses.At(granted);
        guests = served.Guest is { } guest ? LinkOf(guest) : null;
        return served;
    }

    /// <inheritdoc/>
    public ValueTask AcceptAsync(EdgeMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        clients.Sessions.Show(maps);
        return ValueTask.CompletedTask;
    }

    /// <summary>No more maps will come: gives back those that are held. Pages stay connected until <see cref="DisposeAsync"/>.</summary>
    /// <returns>When no maps are held any more.</returns>
    public ValueTask CompleteAsync()
    {
        clients.Sessions.CompleteImages();
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the connections to the browsers and stops serving.</summary>
    /// <returns>When nothing is served any more and no maps are held; within half a second.</returns>
    public async ValueTask DisposeAsync()
    {
        await clients.CloseAsync().ConfigureAwait(false);
        if (server is not null)
        {
            using var timeout = new CancellationTokenSource(StopTimeout);
            await server.StopAsync(timeout.Token).ConfigureAwait(false);
            server.Dispose();
        }

        // What a page asked for may take as long as a preset does, and the end of the run does not wait for it.
        if (background.TryEnd(StopTimeout))
        {
            clients.Dispose();
        }
    }

    private static GuestLink LinkOf(Uri guest)
    {
        string link = guest.AbsoluteUri;
        IEnumerable<string> code = QrSquares.Of(link).Select(row => string.Concat(row.Select(isDark => isDark ? '1' : '0')));
        return new GuestLink(guest.GetLeftPart(UriPartial.Path), link, [.. code]);
    }

    // The file may be gone by now, moved away by its owner.
    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
