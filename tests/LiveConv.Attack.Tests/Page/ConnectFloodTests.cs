using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Xunit.Abstractions;

namespace LiveConv.Attack.Tests;

/// <summary>Connections that come as fast as an attacker can open them keep nobody else waiting.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(MeasuredTests.Name)]
public sealed class ConnectFloodTests
{
    private const int Attempts = 10;

    // What is promised, and what a busy machine may need for one of the attempts.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxOfAll = TimeSpan.FromSeconds(30);
    private readonly ITestOutputHelper output;

    public ConnectFloodTests(ITestOutputHelper output)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "addresses of 127.0.0.0/8");
        this.output = output;
    }

    [SkippableTheory]
    [InlineData("127.0.0.2", "")]
    [InlineData("127.0.0.2", "GET / HTTP/1.1\r\nHost: ")]
    [InlineData("127.0.0.1", "")]
    [InlineData("127.0.0.1", "GET /icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task Flood_OfConnections_LetsANewcomerInWithinASecond(string from, string request)
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--size", "320x240", "--listen", "127.0.0.1"]);
        RunAddresses addresses = await RunAddresses.OfAsync(run);
        using HostilePage before = await HostilePage.ConnectAsync(addresses.Guest);
        string cookie = RawPage.CookieOf(addresses.Guest);
        using var stop = new CancellationTokenSource();
        long opened = 0;
        byte[] bytes = Encoding.ASCII.GetBytes(request);
        Thread[] flood = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            long own = Flood(IPAddress.Parse(from), addresses.Guest.Port, bytes, stop.Token);
            Interlocked.Add(ref opened, own);
        }))];
        Array.ForEach(flood, thread => thread.Start());
        var watch = Stopwatch.StartNew();
        await before.CountImagesAsync(TimeSpan.FromSeconds(2));

        var waits = new List<TimeSpan>();
        for (int i = 0; i < Attempts; i++)
        {
            waits.Add(TimeToAnImage(addresses.Guest, cookie));
        }

        int images = await before.CountImagesAsync(TimeSpan.FromSeconds(2));
        double seconds = watch.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        Array.ForEach(flood, thread => thread.Join());
        waits.Sort();
        output.WriteLine($"{opened / seconds:0} connections a second from {from}: a newcomer's first image after "
            + $"{string.Join(", ", waits.Select(wait => $"{wait.TotalMilliseconds:0}"))} ms; {images} images in 2 s");
        Assert.InRange(waits[Attempts / 2], TimeSpan.Zero, MaxWait);
        Assert.InRange(waits[^1], TimeSpan.Zero, MaxOfAll);
        Assert.True(images > 0);
    }

    // A browser that was refused comes again, too.
    private static TimeSpan TimeToAnImage(Uri address, string cookie)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using RawPage page = RawPage.Connect(address, cookie);
                while (page.Read() != 2)
                {
                }

                return watch.Elapsed;
            }
            catch (IOException) when (watch.Elapsed < MaxOfAll)
            {
                Thread.Sleep(10);
            }
        }
    }

    // Holds the newest hundred.
    private static long Flood(IPAddress from, int port, byte[] request, CancellationToken stop)
    {
        var held = new Queue<Socket>();
        long count = 0;
        while (!stop.IsCancellationRequested)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { SendTimeout = 1000 };
            try
            {
                socket.LingerState = new LingerOption(enable: true, 0);
                socket.Bind(new IPEndPoint(from, 0));
                socket.Connect(IPAddress.Loopback, port);
                _ = request.Length > 0 ? socket.Send(request) : 0;
                count++;
            }
            catch (SocketException)
            {
                // Reset.
            }

            held.Enqueue(socket);
            if (held.Count > 100)
            {
                held.Dequeue().Dispose();
            }
        }

        foreach (Socket socket in held)
        {
            socket.Dispose();
        }

        return count;
    }
}
