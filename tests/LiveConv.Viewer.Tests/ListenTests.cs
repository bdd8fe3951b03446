using System.Net;
using System.Net.WebSockets;

namespace LiveConv.Viewer.Tests;

public sealed class ListenTests
{
    private static readonly PageOptions Open = new() { Listen = IPAddress.Loopback };

    [Fact]
    public async Task Address_OpenToOthers_HoldsATokenThatACookieReplaces()
    {
        await using TestPage page = await TestPage.StartAsync(options: Open);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/\\?token=[0-9a-f]{32}$", page.Address.AbsoluteUri);

        string entry = await http.GetStringAsync(page.Address);
        string document = await http.GetStringAsync(new Uri(page.Address, "/"));

        Assert.Contains("session/enter.js", entry, StringComparison.Ordinal);
        Assert.Contains("app.js", document, StringComparison.Ordinal);
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

    [Fact]
    public async Task Guest_WithItsToken_LooksAndChangesNothing()
    {
        await using TestPage page = await TestPage.StartAsync(options: Open);
        using TestClient guest = await TestClient.ConnectAsync(page, cookies: await TestClient.TakeTokenAsync(page.Addresses.Guest!));
        bool isQuit = false;
        page.Controls.QuitRequested += () => isQuit = true;
        await page.ShowAsync(3);

        Assert.Equal(3, (await guest.ImageAsync()).Sequence);
        foreach (string key in (string[])["q", "p", "r", "2"])
        {
            await guest.SendAsync($$"""{"key":"{{key}}"}""");
            await guest.TextAsync("notice");
        }

        Assert.False(isQuit || page.Controls.IsPaused || page.Controls.IsRecording);
        Assert.Equal("seed", page.Controls.Preset.Id);
    }

    [Fact]
    public async Task Guests_OnAllPlaces_KeepNoPresenterOut()
    {
        await using TestPage page = await TestPage.StartAsync(options: Open);
        CookieContainer token = await TestClient.TakeTokenAsync(page.Addresses.Guest!);
        TestClient[] guests = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TestClient.ConnectAsync(page, cookies: token)));

        await Assert.ThrowsAsync<WebSocketException>(() => TestClient.ConnectAsync(page, cookies: token));
        using TestClient first = await TestClient.ConnectAsync(page);
        using TestClient second = await TestClient.ConnectAsync(page);
        await Assert.ThrowsAsync<WebSocketException>(() => TestClient.ConnectAsync(page));

        await page.ShowAsync(1);
        Assert.Equal(1, (await first.ImageAsync()).Sequence);
        Array.ForEach(guests, guest => guest.Dispose());
    }

    [Fact]
    public async Task Recording_AskedForByAGuest_IsRefused()
    {
        await using TestPage page = await TestPage.StartAsync(options: Open);
        using var handler = new HttpClientHandler { CookieContainer = await TestClient.TakeTokenAsync(page.Addresses.Guest!) };
        using var http = new HttpClient(handler);

        using HttpResponseMessage response = await http.GetAsync(new Uri(page.Address, "/recordings/0"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("recordings are the presenter's\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task BrowsersAddress_OpenedTwice_LetsOneIn()
    {
        await using TestPage page = await TestPage.StartAsync(options: Open);
        using var http = new HttpClient();

        using HttpResponseMessage first = await http.GetAsync(page.Addresses.Browser);
        using HttpResponseMessage second = await http.GetAsync(page.Addresses.Browser);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (first.StatusCode, second.StatusCode));
        Assert.Contains("for one use", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string> OwnHosts
    {
        get
        {
            string name = Dns.GetHostName().Split('.')[0];
            return ["192.168.1.5", "192.168.1.5:80", "[2001:db8::5]", "[fe80::1]:8080", "127.0.0.1", "localhost",
                name, name.ToUpperInvariant(), $"{name}.local", $"{name}-2.local", $"{name}.lan", $"{name}.home.arpa",
                $"{name}.internal:5017"];
        }
    }

    public static TheoryData<string> ForeignHosts
    {
        get
        {
            string name = Dns.GetHostName().Split('.')[0];
            return ["evil.example", $"{name}.evil.example", $"evil.{name}.local", $"x{name}.local", $"{name}.local.evil.example",
                $"{name}-.local", $"{name}-2x.local", "192.168.1.5.nip.io", "local"];
        }
    }

    [Theory]
    [MemberData(nameof(OwnHosts))]
    public async Task Host_ThatIsANumberOrThisMachines_IsServed(string host) =>
        Assert.Equal(HttpStatusCode.OK, (await AskAsAsync(host)).Status);

    [Theory]
    [MemberData(nameof(ForeignHosts))]
    public async Task Host_OfSomebodyElse_IsRefusedWithTheReasonAndTheWay(string host)
    {
        (HttpStatusCode status, string text) = await AskAsAsync(host);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.StartsWith($"\"{host}\" is not this page's address, nor a name of this machine", text, StringComparison.Ordinal);
        Assert.Contains($"--public-url http://{host}/", text, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsAsync(string host)
    {
        await using TestPage page = await TestPage.StartAsync(options: Open);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page.Address, "/style/base.css"));
        request.Headers.Host = host;

        using HttpResponseMessage response = await http.SendAsync(request);

        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
