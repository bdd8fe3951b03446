using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class PageInBrowserTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task Canvases_EachImage_HoldTheEnginesPixels()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        for (int number = 1; number <= 3; number++)
        {
            (byte[] vertical, byte[] horizontal) = await server.ShowAsync(number);
            await Canvas.DrawnAsync(page, number);

            Assert.NotEqual(vertical, horizontal);
            Assert.Equal(vertical, await Canvas.PixelsAsync(page, "left"));
            Assert.Equal(horizontal, await Canvas.PixelsAsync(page, "right"));
        }

        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Key2_OnThePage_ChangesPresetTitleAndPixels()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page).ToHaveTitleAsync("Seed edges – LiveConv");

        await page.Keyboard.PressAsync("2");

        await Assertions.Expect(page).ToHaveTitleAsync("Sobel – LiveConv");
        Assert.Equal("sobel", server.Controls.Preset.Id);
        (byte[] vertical, _) = await server.ShowAsync(7);
        await Canvas.DrawnAsync(page, 7);
        Assert.Equal(vertical, await Canvas.PixelsAsync(page, "left"));
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Statistics_WhileImagesCome_Move()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("i");
        ILocator figures = page.Locator("#statistics");
        await Assertions.Expect(figures).ToContainTextAsync("Delay, camera to screen");
        string before = await figures.InnerTextAsync();

        for (int number = 1; number <= 3; number++)
        {
            await server.ShowAsync(number);
            await Canvas.DrawnAsync(page, number);
        }

        await Assertions.Expect(figures).Not.ToHaveTextAsync(before, new() { UseInnerText = true });
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-connection", "live");
        Assert.Equal(3, server.Stats.Shown);
        Assert.True(server.Stats.Live().Age.P50 > 0);
    }

    [SkippableTheory]
    [InlineData("p")]
    [InlineData(" ")]
    public async Task PauseKey_OnThePage_HoldsAndGoesOn(string key)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");

        await page.Keyboard.PressAsync(key);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Paused");
        Assert.True(server.Controls.IsPaused);

        await page.Keyboard.PressAsync(key);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        Assert.False(server.Controls.IsPaused);
    }

    [SkippableFact]
    public async Task RecordButton_Clicked_ShowsItInTheStatus()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);

        await page.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Recording");
        Assert.True(server.Controls.IsRecording);
    }

    [SkippableFact]
    public async Task HelpAndStatisticsKeys_OnThePage_ActOnThisPageOnly()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("i");
        await Assertions.Expect(page.Locator("#statistics")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("i");
        await Assertions.Expect(page.Locator("#statistics")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#help")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#help")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task PresetMenu_Chosen_ChangesThePreset()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page).ToHaveTitleAsync("Seed edges – LiveConv");

        await page.Locator("#presets").SelectOptionAsync("Sobel");

        await Assertions.Expect(page).ToHaveTitleAsync("Sobel – LiveConv");
        Assert.Equal("sobel", server.Controls.Preset.Id);
    }

    [SkippableFact]
    public async Task Notice_Posted_AppearsOnThePage()
    {
        await using TestPage server = await TestPage.StartAsync();
        server.Notices.Info("said before the page came");
        (IPage page, _) = await browser.OpenAsync(server.Address);
        server.Notices.Warn("the disk is full");

        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("said before the page came");
        await Assertions.Expect(page.Locator("#notices .problem")).ToHaveTextAsync("the disk is full");
    }

    [SkippableFact]
    public async Task ServerGone_AndBack_ThePageSaysSoAndReconnects()
    {
        // Away from the ports that other tests take while this one's is free.
        TestPage server = await TestPage.StartAsync(firstPort: 15017);
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");

        await server.DisposeAsync();
        await Assertions.Expect(page.Locator("#banner")).ToContainTextAsync("LiveConv has ended");

        await using PageViewerAgain again = await PageViewerAgain.StartAsync(server.Address.Port);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live", new() { Timeout = 20_000 });
        await Assertions.Expect(page.Locator("#banner")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task PageOfAnotherOrigin_TriesToConnect_IsRefused()
    {
        await using TestPage server = await TestPage.StartAsync();
        await using TestPage other = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.GotoAsync(other.Address.AbsoluteUri);
        await page.RouteAsync(
            "**/foreign", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>foreign</title>" }));
        await page.GotoAsync(new Uri(other.Address, "foreign").AbsoluteUri);

        string outcome = await page.EvaluateAsync<string>(
            "address => new Promise(done => { const s = new WebSocket(address); s.onopen = () => done('open'); s.onclose = () => "
            + "done('refused'); })",
            server.SocketAddress.AbsoluteUri);

        Assert.Equal("refused", outcome);
    }
}
