using System.Net;
using LiveConv.Pipeline;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>The page behind a proxy with https and a path, in a real browser.</summary>
public sealed class ProxyTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableTheory]
    [InlineData("/cam/edges", true, true)]
    [InlineData("/cam/edges", true, false)]
    [InlineData("/cam/edges", false, true)]
    [InlineData("/cam/edges", false, false)]
    [InlineData("", false, true)]
    public async Task Page_BehindAProxy_IsAsWithout(string prefix, bool cutsPrefix, bool keepsHost)
    {
        using var proxy = new TlsProxy(prefix, cutsPrefix, keepsHost);
        await using TestPage server = await StartAsync(proxy, proxy.Address);
        Assert.StartsWith($"{proxy.Address.AbsoluteUri.TrimEnd('/')}/?token=", server.Address.AbsoluteUri, StringComparison.Ordinal);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null);
        await LinkFromAnotherSiteAsync(page, server.Address);

        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        Assert.Equal($"{proxy.Address.AbsoluteUri.TrimEnd('/')}/", page.Url);
        (byte[] vertical, _) = await server.ShowAsync(4);
        await Canvas.DrawnAsync(page, 4);
        Assert.Equal(vertical, await Canvas.PixelsAsync(page, "left"));
        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(page).ToHaveTitleAsync("Sobel – LiveConv");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Page_AddressWithoutItsSlash_IsAsWithIt(bool cutsPrefix)
    {
        using var proxy = new TlsProxy("/cam", cutsPrefix, keepsHost: true);
        await using TestPage server = await StartAsync(proxy, proxy.Address);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(new Uri(proxy.Address, "/cam" + server.Address.Query));
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");

        await page.GotoAsync(proxy.Address.AbsoluteUri);

        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Recording_BehindAProxy_IsDownloaded()
    {
        string file = Path.GetTempFileName();
        var recordings = new RecordedFiles(TimeProvider.System);
        recordings.Begin(file);
        recordings.End(file);
        await File.WriteAllTextAsync(file, "the recording");
        using var proxy = new TlsProxy("/cam", cutsPrefix: true, keepsHost: false);
        await using TestPage server = await StartAsync(proxy, proxy.Address, recordings);
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.PressControlAsync("[data-toggles='recordings']");

        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#recordings-list a").ClickAsync());

        Assert.Equal("the recording", await File.ReadAllTextAsync(await download.PathAsync()));
        File.Delete(file);
    }

    [SkippableFact]
    public async Task Page_BehindAProxyThatNobodyNamed_SaysWhatToDo()
    {
        using var proxy = new TlsProxy("", cutsPrefix: false, keepsHost: false);
        await using TestPage server = await StartAsync(proxy, publicUrl: null);

        (IPage page, _) = await browser.OpenAsync(proxy.Address);

        await Assertions.Expect(page.Locator("#banner"))
            .ToContainTextAsync($"start LiveConv with --public-url {proxy.Address.GetLeftPart(UriPartial.Authority)}/");
    }

    [Fact]
    public async Task Host_BehindAProxyThatNobodyNamed_IsRefusedWhateverItClaims()
    {
        using var proxy = new TlsProxy("", cutsPrefix: false, keepsHost: true);
        await using TestPage server = await StartAsync(proxy, publicUrl: null);
        using HttpResponseMessage response = await AskAsync(proxy);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(
            $"start LiveConv with --public-url {proxy.Address.GetLeftPart(UriPartial.Authority)}/",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_OfAnotherName_IsRefusedBehindAProxyToo()
    {
        using var proxy = new TlsProxy("", cutsPrefix: false, keepsHost: true);
        await using TestPage server = await StartAsync(proxy, new Uri("https://cam.example/"));
        using HttpResponseMessage response = await AskAsync(proxy);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> AskAsync(TlsProxy proxy)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(proxy.Address) { Host = "127.0.0.1" }.Uri);
        request.Headers.Host = proxy.Address.Authority;
        return await http.SendAsync(request);
    }

    private static async Task<TestPage> StartAsync(TlsProxy proxy, Uri? publicUrl, RecordedFiles? recordings = null)
    {
        TestPage server = await TestPage.StartAsync(options: new PageOptions
        {
            Format = PageFormat.Raw,
            PublicUrl = publicUrl,
            Recordings = recordings,
        });
        proxy.Target = server.Addresses.Browser.Port;
        return server;
    }

    private static async Task LinkFromAnotherSiteAsync(IPage page, Uri link)
    {
        await page.RouteAsync("http://chat.example/", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<a href='{link.AbsoluteUri}'>the camera</a>",
        }));
        await page.GotoAsync("http://chat.example/");
        await page.GetByText("the camera").ClickAsync();
    }
}
