using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;

namespace LiveConv.Attack.Tests;

/// <summary>Connections and places that are held and not used keep nobody out.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HeldConnectionTests
{
    // On a busy machine; alone it is milliseconds.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(15);

    public HeldConnectionTests() => Skip.IfNot(OperatingSystem.IsLinux(), "the limits of files, and signals");

    [SkippableTheory]
    [InlineData(64, "")]
    [InlineData(64, "GET / HTTP/1.1\r\nHost: ")]
    [InlineData(1000, "")]
    [InlineData(1000, "GET / HTTP/1.1\r\nHost: ")]
    [InlineData(1000, "GET /icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task Strangers_HoldingConnections_KeepNobodyOut(int count, string request)
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--size", "320x240", "--listen", "127.0.0.1"]);
        RunAddresses addresses = await RunAddresses.OfAsync(run);
        using HostilePage before = await HostilePage.ConnectAsync(addresses.Guest);
        var held = new List<Socket>();
        try
        {
            for (int i = 0; i < count; i++)
            {
                held.Add(Hold(addresses.Guest.Port, request));
            }

            foreach (Uri address in (Uri[])[addresses.Guest, addresses.Presenter])
            {
                var watch = Stopwatch.StartNew();
                using HostilePage newcomer = await HostilePage.ConnectAsync(address);
                Assert.InRange(watch.Elapsed, TimeSpan.Zero, MaxWait);
                Assert.True(await newcomer.CountImagesAsync(TimeSpan.FromSeconds(2)) > 0);
            }

            Assert.True(await before.CountImagesAsync(TimeSpan.FromSeconds(2)) > 0);
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    }

    [SkippableFact]
    public async Task Pages_ThatAcknowledgeNothingForAMinute_LoseTheirPlaces()
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--size", "160x120", "--listen", "127.0.0.1"]);
        RunAddresses addresses = await RunAddresses.OfAsync(run);
        using HostilePage honest = await HostilePage.ConnectAsync(addresses.Guest);
        string cookie = RawPage.CookieOf(addresses.Guest);
        var watch = Stopwatch.StartNew();
        Task<int>[] stalled = [.. Enumerable.Range(0, 15).Select(_ => Task.Factory.StartNew(
            () => TakeUntilClosed(addresses.Guest, cookie), TaskCreationOptions.LongRunning))];
        var all = Task.WhenAll(stalled);
        int images = 0;
        while (!all.IsCompleted && watch.Elapsed < TimeSpan.FromSeconds(120))
        {
            images += await honest.CountImagesAsync(TimeSpan.FromSeconds(1));
        }

        Assert.All(await all, code => Assert.Equal(1008, code));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(100));
        Assert.True(images > 100, $"the honest page got {images} images");
        using HostilePage newcomer = await HostilePage.ConnectAsync(addresses.Guest);
        Assert.True(await newcomer.CountImagesAsync(TimeSpan.FromSeconds(2)) > 0);
    }

    // A page that reads everything, answers pings, and acknowledges nothing.
    private static int TakeUntilClosed(Uri address, string cookie)
    {
        using RawPage page = RawPage.Connect(address, cookie);
        while (true)
        {
            switch (page.Read())
            {
                case 8:
                    return (page.Message[0] << 8) + page.Message[1];
                case 9:
                    page.Write(RawPage.Frame(0x8A, []));
                    break;
            }
        }
    }

    private static Socket Hold(int port, string request)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            if (request.Length > 0)
            {
                socket.Send(Encoding.ASCII.GetBytes(request));
            }
        }
        catch (SocketException)
        {
            // Refused, or a newer one took its place.
        }

        return socket;
    }
}
