using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using LiveConv.Pipeline;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class PageAccessTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task Page_WhoseAddressIsOfAnEarlierRun_SaysWhereToGo()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");

        await page.RouteAsync("**/", route => route.FulfillAsync(new() { Status = 403 }));
        await server.DisposeAsync();

        await Assertions.Expect(page.Locator("#banner"))
            .ToHaveTextAsync("open the new address that LiveConv printed: this page's is of an earlier run");
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    public async Task Socket_ForeignOrigin_IsRefusedBeforeTheUpgrade(string origin)
    {
        await using TestPage page = await TestPage.StartAsync();

        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => TestClient.ConnectAsync(page, origin));

        Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_OwnOriginAndToken_IsAccepted()
    {
        await using TestPage page = await TestPage.StartAsync();

        using TestClient client = await TestClient.ConnectAsync(page, page.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal("seed", (await client.TextAsync("state")).GetProperty("preset").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Socket_WithoutToken_IsRefused()
    {
        await using TestPage page = await TestPage.StartAsync();

        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => TestClient.ConnectAsync(page, cookies: new CookieContainer()));

        Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_AnotherRunsToken_IsRefused()
    {
        await using TestPage page = await TestPage.StartAsync();
        var forged = new CookieContainer();
        forged.Add(page.Address, new System.Net.Cookie($"liveconv-{page.Address.Port}", new string('0', 64)));

        await Assert.ThrowsAsync<WebSocketException>(() => TestClient.ConnectAsync(page, cookies: forged));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:5017")]
    [InlineData("localhost.evil.example")]
    public async Task Page_ForeignHost_IsRefused(string host)
    {
        await using TestPage page = await TestPage.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, page.Address);
        request.Headers.Host = host;

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Page_Asked_GivesAHardenedCookieAndForbidsInlineScript()
    {
        await using TestPage page = await TestPage.StartAsync();
        using var http = new HttpClient();

        using HttpResponseMessage response = await http.GetAsync(page.Address);

        string cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("favicon.ico", HttpStatusCode.OK)]
    [InlineData("style/base.css", HttpStatusCode.OK)]
    [InlineData("live", HttpStatusCode.UpgradeRequired)]
    [InlineData("../secret", HttpStatusCode.NotFound)]
    [InlineData("%2e%2e/LiveConv.Viewer.dll", HttpStatusCode.NotFound)]
    public async Task Path_Asked_AnswersWith(string path, HttpStatusCode expected)
    {
        await using TestPage page = await TestPage.StartAsync();
        using var http = new HttpClient();

        using HttpResponseMessage response = await http.GetAsync(page.Address + path);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Page_Posted_IsRefused()
    {
        await using TestPage page = await TestPage.StartAsync();
        using var http = new HttpClient();

        using HttpResponseMessage response = await http.PostAsync(page.Address, null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Port_TakenAndExact_FailsInOneLine()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        int port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var failure = await Assert.ThrowsAsync<LiveConvException>(() => PageViewerAgain.StartAsync(port));

        Assert.Contains($"port {port} is taken", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task Port_TakenAndNotExact_TakesTheNextFreeOne()
    {
        await using TestPage first = await TestPage.StartAsync();
        await using TestPage second = await TestPage.StartAsync();

        Assert.NotEqual(first.Address.Port, second.Address.Port);
    }
}
