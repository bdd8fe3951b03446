using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveConv.Page;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
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
        var frames = new PacedFrames(new MemoryStream(sent), new PageRates(new FakeTimeProvider()).Frames);
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
            _ = rate.TimeToWait(Of(Here));
        }

        Assert.Null(rate.TimeToWait(Of(Here)));
        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(Of(Here, PageRole.Guest)));
        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(Of(IPAddress.Loopback)));
        for (int i = 0; i < 10_000; i++)
        {
            _ = rate.TimeToWait(Of(Here, PageRole.Guest));
        }

        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(Of(Here, PageRole.Presenter)));

        // What was refused counts for nothing.
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(Of(Here)));
    }

    [Fact]
    public void Addresses_OfOneNetworkOfIPv6_ShareOneRate()
    {
        var rate = new RequestRate(new FakeTimeProvider());
        for (int i = 0; i < 1000; i++)
        {
            _ = rate.TimeToWait(Of(IPAddress.Parse($"2001:db8::{i:x}")));
        }

        Assert.Null(rate.TimeToWait(Of(IPAddress.Parse("2001:db8::ffff:1"))));
        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(Of(IPAddress.Parse("2001:db8:0:1::1"))));
    }

    [Fact]
    public void Addresses_MoreThanAreKept_TakeNothingFromTheOthers()
    {
        var time = new FakeTimeProvider();
        var rate = new RequestRate(time);
        for (int i = 0; i < 300; i++)
        {
            _ = rate.TimeToWait(Of(Here));
        }

        TimeSpan? wait = rate.TimeToWait(Of(Here));
        for (int i = 0; i < 5000; i++)
        {
            _ = rate.TimeToWait(Of(new IPAddress(0x0A000000L + i)));
        }

        Assert.True(rate.TimeToWait(Of(Here)) > wait);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.Zero, rate.TimeToWait(Of(IPAddress.Parse("198.51.100.7"))));
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
    public void Guest_FloodingRequestsBehindAProxy_LeavesEachOtherSessionItsOwnShare()
    {
        var rate = new RequestRate(new FakeTimeProvider());
        for (int i = 0; i < 10_000; i++)
        {
            _ = rate.TimeToWait(new Visitor(Here, PageRole.Guest, "one"));
        }

        Assert.Null(rate.TimeToWait(new Visitor(Here, PageRole.Guest, "one")));
        Assert.Null(rate.TimeToWait(Of(Here, PageRole.Guest)));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(TimeSpan.Zero, rate.TimeToWait(new Visitor(Here, PageRole.Guest, "other"))));
    }

    [Fact]
    public void Page_ThatComesAgain_HasTheRatesOfTheOneThatLeft()
    {
        var time = new FakeTimeProvider();
        var left = new LeftRates(time);
        var guest = new Visitor(Here, PageRole.Guest, "one");
        PageRates rates = left.Take(guest);
        rates.Messages.Take(500);
        PageRates second = left.Take(guest);
        left.Leave(guest, rates);

        Assert.NotSame(rates, second);
        Assert.NotSame(rates, left.Take(guest with { Session = "other" }));
        Assert.Same(rates, left.Take(guest));
        Assert.NotSame(rates, left.Take(guest));
        left.Leave(guest, rates);
        time.Advance(TimeSpan.FromSeconds(10));
        left.Leave(guest, second);
        Assert.Equal(1, left.Count);
    }

    [Fact]
    public void Connections_OfANetworkBeyondItsRate_LeaveOthersTheirs()
    {
        var time = new FakeTimeProvider();
        var rate = new ConnectionRate(time);
        int served = Enumerable.Range(0, 10_000).Count(_ => rate.TryTake(Here));

        Assert.Equal(200, served);
        Assert.True(rate.TryTake(IPAddress.Loopback));

        // So many networks that all together are beyond what is served: the first connection of another one still is.
        int others = Enumerable.Range(1, 50).Sum(i => Enumerable.Range(0, 100).Count(_ => rate.TryTake(new IPAddress(0x0A000000L + i))));
        Assert.InRange(others, 200, 300);
        Assert.True(rate.TryTake(IPAddress.Parse("198.51.100.7")));
        Assert.False(rate.TryTake(IPAddress.Parse("198.51.100.7")));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(rate.TryTake(Here));
    }

    [Fact]
    public async Task Connections_BeyondTheRate_AreServedWhenTheyBringARequestAndThoseWithATokenAlways()
    {
        var guard = new RequestGuard(isListening: true, null, MachineNames.OfThisMachine(), TimeProvider.System);
        var transport = new PacedTransport(guard, new FakeTimeProvider(), NullLoggerFactory.Instance);
        await using IConnectionListener listener = await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        Socket[] flood = [.. Enumerable.Range(0, 200).Select(_ => Connect(listener))];
        for (int i = 0; i < flood.Length; i++)
        {
            await AcceptAsync(listener);
        }

        using Socket silent = Connect(listener);
        Socket[] strangers = [.. Enumerable.Range(0, 101).Select(_ => Connect(listener))];
        Array.ForEach(strangers, stranger => stranger.Send("GET / HTTP/1.1\r\nCookie: liveconv-1=0123456789abcdef\r\n"u8));
        for (int i = 0; i < 100; i++)
        {
            await AcceptAsync(listener);
        }

        using Socket guest = Connect(listener);
        byte[] request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nCookie: a=b; liveconv-1={guard.Tokens.Guest}.123; c=d\r\n\r\n");
        guest.Send(request);

        await using ConnectionContext connection = await AcceptAsync(listener);
        Assert.Equal(guest.LocalEndPoint, connection.RemoteEndPoint);
        Assert.Equal(request, (await connection.Transport.Input.ReadAtLeastAsync(request.Length)).Buffer.ToArray());
        silent.ReceiveTimeout = 30_000;
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => silent.Receive(new byte[1])).SocketErrorCode);

        await listener.UnbindAsync();
        Assert.Null(await listener.AcceptAsync());
        Array.ForEach([.. flood, .. strangers], socket => socket.Dispose());
    }

    private static Visitor Of(IPAddress address, PageRole? role = null) => new(Visitor.NetworkOf(address), role, Session: null);

    private static Socket Connect(IConnectionListener listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(listener.EndPoint);
        return socket;
    }

    private static async Task<ConnectionContext> AcceptAsync(IConnectionListener listener)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        ConnectionContext? connection = await listener.AcceptAsync(timeout.Token);
        Assert.NotNull(connection);
        return connection;
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
        var frames = new PacedFrames(new MemoryStream(sent), new PageRates(TimeProvider.System).Frames);
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
