using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveConv.Page;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Viewer.Tests;

/// <summary>What comes in floods is taken at a bounded rate, and nobody pays for somebody else's.</summary>
public class FloodTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    [Theory]
    [InlineData(0x89)]
    [InlineData(0x8A)]
    [InlineData(0x00)]
    public async Task ShortFrames_OfAFlood_AreReadAtABoundedRate(byte kind)
    {
        byte[] flood = [.. Enumerable.Repeat<byte[]>([kind, 0x81, 1, 2, 3, 4, 5], 1500).SelectMany(frame => frame)];
        var watch = Stopwatch.StartNew();

        Assert.Equal(flood, await ReadAsync(flood, atOnce: 139));

        // A thousand at once, the rest at 500 a second.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(139)]
    [InlineData(1 << 20)]
    public async Task LongFrames_OfACamera_AreReadAsTheyCome(int atOnce)
    {
        byte[] image = [0x82, 0xFE, 0x10, 0x00, 1, 2, 3, 4, .. new byte[4096]];
        byte[] large = [0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3, 4, .. new byte[1 << 16]];
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(8), 0x8A808A80);
        byte[] sent = [.. Enumerable.Repeat(image, 20).SelectMany(frame => frame), .. large, 0x89, 0x80, 1, 2, 3, 4];
        var frames = new PacedFrames(new MemoryStream(sent), new FakeTimeProvider());
        var read = new MemoryStream();
        var part = new byte[atOnce];
        int length;
        while ((length = await frames.ReadAsync(part)) > 0)
        {
            read.Write(part, 0, length);
        }

        Assert.Equal(sent, read.ToArray());
    }

    [Fact]
    public void Strangers_UsingUpTheirShare_LeaveThoseWithATokenTheirs()
    {
        var time = new FakeTimeProvider();
        var rate = new RequestRate(time);
        for (int i = 0; i < 10_000; i++)
        {
            _ = rate.TimeToWait(Here, role: null);
        }

        Assert.Null(rate.TimeToWait(Here, role: null));
        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(Here, PageRole.Guest));
        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(IPAddress.Loopback, role: null));
        for (int i = 0; i < 10_000; i++)
        {
            _ = rate.TimeToWait(Here, PageRole.Guest);
        }

        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(Here, PageRole.Presenter));

        // What was refused counts for nothing.
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(Here, role: null));
    }

    [Fact]
    public void Addresses_OfOneNetworkOfIPv6_ShareOneRate()
    {
        var rate = new RequestRate(new FakeTimeProvider());
        for (int i = 0; i < 1000; i++)
        {
            _ = rate.TimeToWait(IPAddress.Parse($"2001:db8::{i:x}"), role: null);
        }

        Assert.Null(rate.TimeToWait(IPAddress.Parse("2001:db8::ffff:1"), role: null));
        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(IPAddress.Parse("2001:db8:0:1::1"), role: null));
    }

    [Fact]
    public void Addresses_MoreThanAreKept_TakeNothingFromTheOthers()
    {
        var time = new FakeTimeProvider();
        var rate = new RequestRate(time);
        for (int i = 0; i < 300; i++)
        {
            _ = rate.TimeToWait(Here, role: null);
        }

        TimeSpan? wait = rate.TimeToWait(Here, role: null);
        for (int i = 0; i < 5000; i++)
        {
            _ = rate.TimeToWait(new IPAddress(0x0A000000L + i), role: null);
        }

        Assert.True(rate.TimeToWait(Here, role: null) > wait);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(IPAddress.Parse("198.51.100.7"), role: null));
    }

    [Fact]
    public async Task Stranger_FloodingRequests_IsRefusedAndAGuestOfTheSameAddressIsNot()
    {
        await using TestPage page = await TestPage.StartAsync();
        CookieContainer token = await TestClient.TakeTokenAsync(page.Address);
        using var handler = new HttpClientHandler { CookieContainer = token };
        using var guest = new HttpClient(handler);
        using var end = new CancellationTokenSource();
        Task[] floods = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => RequestAndLeaveAsync(page.Address, end.Token)))];

        await UntilRefusedAsync(page.Address);
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 20; i++)
        {
            using HttpResponseMessage answer = await guest.GetAsync(new Uri(page.Address, "app.js"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await end.CancelAsync();
        await Task.WhenAll(floods);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Connections_OfAFlood_AreAcceptedAtABoundedRate()
    {
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var transport = new PacedTransport(sockets, TimeProvider.System);
        await using IConnectionListener listener = await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        Socket[] flood = [.. Enumerable.Range(0, 500).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp))];
        Task connecting = Task.WhenAll(flood.Select(socket => socket.ConnectAsync(listener.EndPoint)));
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < flood.Length; i++)
        {
            await using ConnectionContext? connection = await listener.AcceptAsync();
            Assert.NotNull(connection);
        }

        // Two hundred at once, the rest at 500 a second.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(60));
        await connecting;
        await listener.UnbindAsync();
        Assert.Null(await listener.AcceptAsync());
        Array.ForEach(flood, socket => socket.Dispose());
    }

    // Nobody waits for the answers: each counts all the same.
    private static async Task RequestAndLeaveAsync(Uri address, CancellationToken end)
    {
        byte[] request = Encoding.ASCII.GetBytes($"GET /app.js HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var stranger = new TcpClient();
                await stranger.ConnectAsync(IPAddress.Loopback, address.Port, end);
                await stranger.GetStream().WriteAsync(request, end);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // A newer connection took its place, or the test has ended.
            }
        }
    }

    private static async Task UntilRefusedAsync(Uri address)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri(address, "app.js"), timeout.Token);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // A newer connection took its place.
            }
        }
    }

    private static async Task<byte[]> ReadAsync(byte[] sent, int atOnce)
    {
        var frames = new PacedFrames(new MemoryStream(sent), TimeProvider.System);
        var read = new MemoryStream();
        var part = new byte[atOnce];
        int length;
        while ((length = await frames.ReadAsync(part)) > 0)
        {
            read.Write(part, 0, length);
        }

        return read.ToArray();
    }
}
