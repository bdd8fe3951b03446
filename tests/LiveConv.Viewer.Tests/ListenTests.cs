using System.Net;
using System.Net.WebSockets;

namespace LiveConv.Viewer.Tests;

public sealed class ListenTests
{
    private static readonly PageOptions Open = new() { Listen = IPAddress.Loopback };

    [Fact]
    public async Task Address_OpenToOthers_HoldsTheTokenAndHidesItAgain()
    {
        await using TestPage page = await TestPage.StartAsync(options: Open);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/\\?token=[0-9a-f]{64}$", page.Address.AbsoluteUri);

        using HttpResponseMessage first = await http.GetAsync(page.Address);
        using HttpResponseMessage second = await http.GetAsync(new Uri(page.Address, first.Headers.Location!));

        Assert.Equal((HttpStatusCode.Redirect, "/"), (first.StatusCode, first.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = handler.CookieContainer;
        await socket.ConnectAsync(page.SocketAddress, CancellationToken.None);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=0000")]
    public async Task Page_OpenedWithoutTheToken_IsRefusedAndGivesNone(string query)
    {
        await using TestPage page = await TestPage.StartAsync(options: Open);
        using var http = new HttpClient();

        using HttpResponseMessage response = await http.GetAsync(page.Address.GetLeftPart(UriPartial.Path) + query);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("192.168.1.5", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    public async Task Host_OpenToOthers_IsANumberOrThisMachine(string host, HttpStatusCode expected)
    {
        await using TestPage page = await TestPage.StartAsync(options: Open);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page.Address, "/style/base.css"));
        request.Headers.Host = host;

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }
}
