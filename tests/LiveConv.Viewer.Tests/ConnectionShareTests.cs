using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Viewer.Tests;

/// <summary>A client that holds connections or places keeps nobody else out.</summary>
public class ConnectionShareTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET /icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")]
    [InlineData("")]
    public async Task Strangers_HoldingManyConnections_KeepNobodyOut(string request)
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient before = await TestClient.ConnectAsync(page);
        var held = new List<TcpClient>();
        try
        {
            for (int i = 0; i < 300; i++)
            {
                var stranger = new TcpClient();
                held.Add(stranger);
                await stranger.ConnectAsync(IPAddress.Loopback, page.Address.Port);
                await TrySendAsync(stranger, request);
            }

            var watch = Stopwatch.StartNew();
            using TestClient newcomer = await TestClient.ConnectAsync(page);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            await page.ShowAsync(1);
            Assert.Equal(1, (await newcomer.ImageAsync()).Sequence);
            Assert.Equal(1, (await before.ImageAsync()).Sequence);
        }
        finally
        {
            held.ForEach(stranger => stranger.Dispose());
        }
    }

    [Fact]
    public async Task Pages_ThatAcknowledgeNothingForAMinute_LoseTheirPlaces()
    {
        var time = new FakeTimeProvider();
        await using TestPage page = await TestPage.StartAsync(time);
        CookieContainer token = await TestClient.TakeTokenAsync(page.Address);
        TestClient[] stalled = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => TestClient.ConnectAsync(page, cookies: token)));
        using TestClient honest = await TestClient.ConnectAsync(page, cookies: token);
        for (int second = 0; second <= 61; second += 20)
        {
            await page.ShowAsync(second + 1);
            await honest.AcknowledgeAsync(await honest.ImageAsync());
            time.Advance(TimeSpan.FromSeconds(20.5));
        }

        await page.ShowAsync(100);
        time.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(stalled.Select(client => client.UntilClosedAsync()));
        Array.ForEach(stalled, client => client.Dispose());

        Assert.All(stalled, client => Assert.Equal("this page took no image for a minute", client.CloseReason));
        TestClient[] newcomers = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => ConnectSoonAsync(page, token)));
        Assert.Equal(100, (await honest.ImageAsync()).Sequence);
        Array.ForEach(newcomers, client => client.Dispose());
    }

    [Fact]
    public async Task Pages_WhileNoImageComes_KeepTheirPlaces()
    {
        var time = new FakeTimeProvider();
        await using TestPage page = await TestPage.StartAsync(time);
        CookieContainer token = await TestClient.TakeTokenAsync(page.Address);
        TestClient[] pages = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TestClient.ConnectAsync(page, cookies: token)));
        await page.ShowAsync(1);
        time.Advance(TimeSpan.FromMinutes(5));

        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => TestClient.ConnectAsync(page, cookies: token));
        Array.ForEach(pages, client => client.Dispose());
    }

    [Fact]
    public async Task End_WithStalledPagesAndHalfRequests_IsQuick()
    {
        TestPage page = await TestPage.StartAsync(width: 1280, height: 720);
        CookieContainer token = await TestClient.TakeTokenAsync(page.Address);
        TestClient[] deaf = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestClient.ConnectAsync(page, cookies: token)));
        using var half = new TcpClient();
        await half.ConnectAsync(IPAddress.Loopback, page.Address.Port);
        await TrySendAsync(half, "GET / HTTP/1.1\r\n");
        await page.ShowAsync(1);
        await page.ShowAsync(2);

        var watch = Stopwatch.StartNew();
        await page.DisposeAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Array.ForEach(deaf, client => client.Dispose());
    }

    // The server has read the page's own close a moment after the page has sent it.
    private static async Task<TestClient> ConnectSoonAsync(TestPage page, CookieContainer token)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                return await TestClient.ConnectAsync(page, cookies: token);
            }
            catch (System.Net.WebSockets.WebSocketException) when (!timeout.IsCancellationRequested)
            {
                await Task.Delay(20, timeout.Token);
            }
        }
    }

    private static async Task TrySendAsync(TcpClient client, string text)
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        }
        catch (IOException)
        {
            // A newer connection took its place.
        }
    }
}
