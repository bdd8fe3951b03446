using System.Net;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>Links to the page as they stand in chats, mails and wikis, in a real browser.</summary>
public sealed class LinkTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly PageOptions Open = new() { Format = PageFormat.Raw, Listen = IPAddress.Loopback };

    [SkippableTheory]
    [InlineData("")]
    [InlineData("&utm_source=chat")]
    public async Task Link_OfAnotherSite_OpensThePageAndLeavesNoToken(string addition)
    {
        await using TestPage server = await TestPage.StartAsync(options: Open);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null);
        await GoToChatAsync(page, new Uri(server.Address.AbsoluteUri + addition));

        await page.GetByText("the camera").ClickAsync();
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        string opened = page.Url;
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        await page.GoBackAsync();
        string before = page.Url;
        await page.GoForwardAsync();

        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        string bare = new Uri(server.Address, "/").AbsoluteUri;
        Assert.Equal((bare, "http://chat.example/", bare), (opened, before, page.Url));
        BrowserContextCookiesResult cookie = Assert.Single(await page.Context.CookiesAsync());
        Assert.Equal((SameSiteAttribute.Strict, true), (cookie.SameSite, cookie.HttpOnly));
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Link_WithoutATokenOfAnotherSite_OpensThePageOfABrowserThatHasOne()
    {
        await using TestPage server = await TestPage.StartAsync(options: Open);
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        await GoToChatAsync(page, new Uri(server.Address, "/"));

        await page.GetByText("the camera").ClickAsync();

        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
    }

    [SkippableTheory]
    [InlineData("", "open the address that LiveConv printed: it holds the token")]
    [InlineData("?token=0123", "this link is of an earlier run, or was for one use: open the address that LiveConv printed last")]
    public async Task Link_ThatLetsNobodyIn_SaysWhy(string query, string why)
    {
        await using TestPage server = await TestPage.StartAsync(options: Open);
        (IPage page, _) = await browser.OpenAsync(null);
        await GoToChatAsync(page, new Uri(server.Address, "/" + query));

        await page.GetByText("the camera").ClickAsync();

        await Assertions.Expect(page.Locator("#reason")).ToHaveTextAsync(why);
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(server.Address, "/").AbsoluteUri);
    }

    [SkippableFact]
    public async Task Link_InABrowserWithoutCookies_SaysSoAndStops()
    {
        await using TestPage server = await TestPage.StartAsync(options: Open);
        (IPage page, _) = await browser.OpenAsync(null);
        await page.RouteAsync(server.Address.AbsoluteUri, async route =>
        {
            IAPIResponse answer = await route.FetchAsync();
            await route.FulfillAsync(new()
            {
                Response = answer,
                Headers = answer.Headers.Where(header => header.Key != "set-cookie").ToDictionary(),
            });
            await page.Context.ClearCookiesAsync();
        });

        await page.GotoAsync(server.Address.AbsoluteUri);

        await Assertions.Expect(page.Locator("#reason")).ToContainTextAsync("allow cookies here");
    }

    [SkippableFact]
    public async Task GuestsPage_InABrowser_ShowsMapsAndNeitherControlsNorTokens()
    {
        await using TestPage server = await TestPage.StartAsync(options: Open);
        bool isQuit = false;
        server.Controls.QuitRequested += () => isQuit = true;
        (IPage page, _) = await browser.OpenAsync(server.Addresses.Guest);
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-role", "guest");
        (byte[] vertical, _) = await server.ShowAsync(5);
        await Canvas.DrawnAsync(page, 5);
        Assert.Equal(vertical, await Canvas.PixelsAsync(page, "left"));

        foreach (string key in (string[])["q", "p", "r", "s", ".", "]", "e", "l"])
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page.Locator("#notices .problem").First).ToContainTextAsync("only the presenter's page");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#xray")).ToBeVisibleAsync();
        Assert.False(isQuit || server.Controls.IsPaused || server.Controls.IsRecording);
        Assert.Equal("seed", server.Controls.Preset.Id);
        foreach (string name in (string[])["Pause", "Step", "Record", "Snapshot", "Recordings", "Kernels"])
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true })).ToHaveCountAsync(0);
        }

        await Assertions.Expect(page.Locator("#presets")).ToBeDisabledAsync();
        await Assertions.Expect(page.Locator("#editor")).ToBeHiddenAsync();
        string document = await page.ContentAsync();
        Assert.DoesNotContain(server.Address.Query["?token=".Length..], document, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Addresses.Guest!.Query["?token=".Length..], document, StringComparison.Ordinal);
    }

    private static async Task GoToChatAsync(IPage page, Uri link)
    {
        await page.RouteAsync("http://chat.example/", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<a href='{link.AbsoluteUri}'>the camera</a>",
        }));
        await page.GotoAsync("http://chat.example/");
    }
}
