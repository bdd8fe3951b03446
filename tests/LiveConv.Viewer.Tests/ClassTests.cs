using System.Net;
using LiveConv.Pipeline;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>A class comes in: guests who try everything, the address that lets them in, and the second window.</summary>
public sealed class ClassTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly PageOptions Open = new() { Format = PageFormat.Raw, Listen = IPAddress.Loopback };

    [SkippableFact]
    public async Task Guest_PressingEveryKey_ChangesNothingForOthers()
    {
        await using TestPage server = await TestPage.StartAsync(options: Open);
        bool isQuit = false;
        server.Controls.QuitRequested += () => isQuit = true;
        (IPage page, _) = await browser.OpenAsync(server.Addresses.Guest);
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-role", "guest");

        foreach (string key in (string[])["q", "p", " ", "r", "s", ".", "]", "[", "e", "l", "0", "2", "PageDown", "PageUp"])
        {
            await page.EvaluateAsync("() => document.getElementById('notices').replaceChildren()");
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(page.Locator("#notices .problem").Last).ToContainTextAsync("only the presenter's page");
        }

        Assert.False(isQuit || server.Controls.IsPaused || server.Controls.IsRecording);
        Assert.Equal("seed", server.Controls.Preset.Id);
        await Assertions.Expect(page.Locator("[data-for='presenter']:visible")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("Right map");
    }

    [SkippableTheory]
    [InlineData("""{"key":"q"}""", "notice")]
    [InlineData("""{"preset":"sobel"}""", "notice")]
    [InlineData("""{"edit":{"version":1,"name":"Mine","vertical":[[1]],"horizontal":[[2]]}}""", "edited")]
    [InlineData("""{"camera":{"width":64,"height":48}}""", "camera")]
    [InlineData("""{"stage":{"view":"a","signed":false,"lens":null}}""", "notice")]
    [InlineData("""{"share":null}""", "share")]
    public async Task Guest_SendingWhatIsThePresenters_IsRefused(string message, string answer)
    {
        await using TestPage server = await TestPage.StartAsync(options: Open);
        CookieContainer cookies = await TestClient.TakeTokenAsync(server.Addresses.Guest!);
        using TestClient guest = await TestClient.ConnectAsync(server, cookies: cookies);

        await guest.SendAsync(message);

        System.Text.Json.JsonElement said = await guest.TextAsync(answer);
        string? reason = said.TryGetProperty("refused", out System.Text.Json.JsonElement refused) ? refused.GetString()
            : said.GetProperty("text").GetString();
        Assert.Equal("this page looks on: only the presenter's page does that", reason);
        Assert.Equal("seed", server.Controls.Preset.Id);
    }

    [SkippableFact]
    public async Task Share_OfThePresenter_DrawsTheGuestsAddressAndWritesNoToken()
    {
        Skip.IfNot(File.Exists("/usr/bin/zbarimg"), "zbarimg (zbar-tools) is not installed");
        await using TestPage server = await TestPage.StartAsync(options: Open);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-role", "presenter");

        await page.GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();

        ILocator code = page.Locator("#share-code svg");
        await Assertions.Expect(code).ToBeVisibleAsync();
        Assert.Equal(server.Addresses.Guest!.AbsoluteUri, await ZBar.ReadAsync(await code.ScreenshotAsync()));
        await Assertions.Expect(page.Locator("#share-pages")).ToHaveTextAsync("1 page is open: this one");
        string document = await page.ContentAsync();
        Assert.DoesNotContain(server.Addresses.Guest.Query["?token=".Length..], document, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Address.Query["?token=".Length..], document, StringComparison.Ordinal);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Share_OfAPageForThisMachineOnly_SaysHowToLetOthersIn()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-role", "presenter");

        await page.GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();

        await Assertions.Expect(page.Locator("#share-refused")).ToContainTextAsync("--listen 0.0.0.0");
        await Assertions.Expect(page.Locator("#share-code svg")).ToHaveCountAsync(0);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stage_InASecondWindow_FollowsThePresentersPage(bool isGuest)
    {
        await using TestPage server = await TestPage.StartAsync(options: Open);
        CookieContainer cookies = await TestClient.TakeTokenAsync(server.Address);
        using TestClient presenter = await TestClient.ConnectAsync(server, cookies: cookies);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(isGuest ? server.Addresses.Guest : server.Address);
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-role", isGuest ? "guest" : "presenter");
        await page.GotoAsync(new Uri(server.Address, "/stage").AbsoluteUri);
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-panes", "4");

        await presenter.SendAsync("""{"stage":{"view":"k","signed":true,"lens":null}}""");
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-panes", "1");
        await presenter.SendAsync("""{"preset":"sobel"}""");
        await Assertions.Expect(page.Locator("#stage-line")).ToContainTextAsync("Sobel");
        await server.ShowAsync(3);

        await Assertions.Expect(page.Locator("#left .legend")).ToContainTextAsync("negative sum");
        foreach (string part in (string[])["header", "footer", ".tool"])
        {
            await Assertions.Expect(page.Locator(part)).ToBeHiddenAsync();
        }

        await page.Keyboard.PressAsync("a");
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-panes", "1");
        await Assertions.Expect(page.Locator("#editor")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Stage_Opened_ShowsWhatThePresentersPageShows()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("v");
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-panes", "2");

        IPage stage = await page.RunAndWaitForPopupAsync(() => page.PressControlAsync("#second-window"));

        await Assertions.Expect(stage.Locator("body")).ToHaveAttributeAsync("data-panes", "2");
        await page.Keyboard.PressAsync("o");
        await Assertions.Expect(stage.Locator("#left .title")).ToHaveTextAsync("Over the camera");
    }

    [SkippableFact]
    public async Task Stage_OfAPresenterWhoPinsAPixel_ShowsHowItCameAbout()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        IPage stage = await page.RunAndWaitForPopupAsync(() => page.PressControlAsync("#second-window"));

        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 24, column 32");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 25, column 32");

        string place = (await page.Locator("#xray .place").TextContentAsync())!;
        await Assertions.Expect(stage.Locator("#xray .place")).ToHaveTextAsync(place);
        await Assertions.Expect(stage.Locator("#xray-map")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(stage.Locator(".tool")).ToBeHiddenAsync();
        await Assertions.Expect(stage.Locator("body")).ToHaveAttributeAsync("data-panes", "4");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Stage_OfAPresenter_FollowsWallBlackoutAndTheme()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        IPage stage = await page.RunAndWaitForPopupAsync(() => page.PressControlAsync("#second-window"));
        ILocator root = stage.Locator("html");

        await page.Keyboard.PressAsync("d");
        string theme = (await page.Locator("html").GetAttributeAsync("data-theme"))!;
        await Assertions.Expect(root).ToHaveAttributeAsync("data-theme", theme);
        await page.Keyboard.PressAsync("d");
        await Assertions.Expect(root).ToHaveAttributeAsync("data-theme", theme == "dark" ? "light" : "dark");
        await page.Keyboard.PressAsync("b");
        await Assertions.Expect(stage.Locator("body")).ToHaveAttributeAsync("data-black", "");
        await page.Keyboard.PressAsync("b");
        await Assertions.Expect(stage.Locator("body[data-black]")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("w");
        await Assertions.Expect(stage.Locator(".wall .map")).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("w");
        await Assertions.Expect(stage.Locator(".wall")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Stage_OfAPresenter_FollowsTheLessonItsAnswersAndItsMicroscope()
    {
        await using TestPage server = await TestPage.StartAsync(
            options: new PageOptions { Format = PageFormat.Raw, Lessons = GuideTests.Shipped });
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null);
        await page.AddInitScriptAsync("localStorage.setItem('language', window.name === 'liveconv-stage' ? 'fr' : 'de')");
        await server.ShowAsync(3);
        await page.GotoAsync(new Uri(server.Address, "#tool=microscope&lesson=convolution/3").AbsoluteUri);
        await Assertions.Expect(page.Locator("#microscope-step .sum")).ToHaveTextAsync("765", new() { Timeout = 30_000 });
        IPage stage = await page.RunAndWaitForPopupAsync(() => page.PressControlAsync("#second-window"));

        await Assertions.Expect(stage.Locator("#guide-title")).ToHaveTextAsync("Multiplizieren, dann addieren", new() { Timeout = 30_000 });
        await Assertions.Expect(stage.Locator("#microscope-step .sum")).ToHaveTextAsync("765", new() { Timeout = 30_000 });
        await Assertions.Expect(stage.Locator("#microscope-step .sum")).ToHaveCSSAsync("visibility", "hidden");
        await page.Locator("#guide-answers button").Nth(1).ClickAsync();
        await Assertions.Expect(stage.Locator("#guide-answers [data-result=wrong]")).ToHaveTextAsync("255", new() { Timeout = 30_000 });
        await Assertions.Expect(stage.Locator("#microscope-step .sum")).ToHaveCSSAsync("visibility", "visible");
        await page.Locator("#microscope-next").ClickAsync();
        await Assertions.Expect(stage.Locator("#microscope-said")).ToContainTextAsync("3", new() { Timeout = 30_000 });
        await page.Locator("#guide-next").ClickAsync();
        await Assertions.Expect(stage.Locator("#guide-place")).ToHaveTextAsync("4 von 16");
        foreach (string control in (string[])["#guide-next", "#guide-close", "#guide-language", "#microscope-play", "#microscope-speed"])
        {
            await Assertions.Expect(stage.Locator(control)).ToBeHiddenAsync();
        }

        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(stage.Locator("#guide")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(stage.Locator("#microscope")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Stage_OfAPresenter_FollowsTheEnlargedMapSmoothPixelsAndWhatIsLearned()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(6);
        await Canvas.DrawnAsync(page, 6);
        IPage stage = await page.RunAndWaitForPopupAsync(() => page.PressControlAsync("#second-window"));

        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(stage.Locator("body")).ToHaveAttributeAsync("data-smooth", "");
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(stage.Locator("body[data-smooth]")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("w");
        await page.Locator(".wall .map").Nth(1).ClickAsync();
        await Assertions.Expect(page.Locator(".wall .enlarged .title")).ToContainTextAsync(":");
        string title = (await page.Locator(".wall .enlarged .title").TextContentAsync())!;
        await Assertions.Expect(stage.Locator(".wall .enlarged .title")).ToHaveTextAsync(title);
        await page.GetByRole(AriaRole.Button, new() { Name = "All layers" }).ClickAsync();
        await Assertions.Expect(stage.Locator(".wall .layers")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("w");

        await page.Keyboard.PressAsync("t");
        await page.Locator("#learning-map").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("#learning-start").ClickAsync();
        ILocator said = page.Locator("#learning-said");
        await Assertions.Expect(said).ToContainTextAsync("Right to three digits");
        await Assertions.Expect(stage.Locator("#learning-said")).ToHaveTextAsync((await said.TextContentAsync())!);
        string kernels = (await page.Locator("#learning-kernels").TextContentAsync())!;
        await Assertions.Expect(stage.Locator("#learning-kernels")).ToHaveTextAsync(kernels);
        await Assertions.Expect(stage.Locator("#learning-start")).ToBeHiddenAsync();

        // One that is opened later is shown the same.
        await stage.ReloadAsync();
        await Assertions.Expect(stage.Locator("#learning-said")).ToContainTextAsync("Right to three digits");
        await page.Keyboard.PressAsync("t");
        await Assertions.Expect(stage.Locator("#learning")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task PageKeys_InALesson_TurnItsSteps_OnTheStageToo()
    {
        await using TestPage server = await TestPage.StartAsync(
            options: new PageOptions { Format = PageFormat.Raw, Lessons = GuideTests.Shipped });
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        IPage stage = await page.RunAndWaitForPopupAsync(() => page.PressControlAsync("#second-window"));
        await page.BringToFrontAsync();
        await page.Keyboard.PressAsync("n");
        ILocator place = page.Locator("#guide-place");
        await Assertions.Expect(place).ToContainTextAsync("1 of 16", new() { Timeout = 30_000 });

        // The second step pins a pixel, the third one has the microscope.
        await page.Keyboard.PressAsync("PageDown");
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 24, column 32");
        await page.Keyboard.PressAsync("PageDown");
        await Assertions.Expect(place).ToContainTextAsync("3 of 16");
        await page.Keyboard.PressAsync("PageUp");
        await Assertions.Expect(place).ToContainTextAsync("2 of 16");
        await Assertions.Expect(stage.Locator("#guide-place")).ToContainTextAsync("2 of 16", new() { Timeout = 30_000 });
        await stage.BringToFrontAsync();
        await stage.Keyboard.PressAsync("PageDown");
        await Assertions.Expect(place).ToContainTextAsync("3 of 16");
        Assert.Equal("seed", server.Controls.Preset.Id);

        await page.BringToFrontAsync();
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(stage.Locator("#guide")).ToBeHiddenAsync();
        await stage.BringToFrontAsync();
        await stage.Keyboard.PressAsync("PageDown");
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("sobel");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Theme_Chosen_IsRememberedByTheBrowser()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("d");
        string theme = (await page.Locator("html").GetAttributeAsync("data-theme"))!;

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
    }

    [SkippableFact]
    public async Task Stage_OpenedWhileThePresenterHoldsAnImage_ShowsThatOne()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 24, column 32");
        string sum = (await page.Locator("#xray-answer").TextContentAsync())!;
        await server.ShowAsync(90);

        IPage stage = await page.RunAndWaitForPopupAsync(() => page.PressControlAsync("#second-window"));

        await Assertions.Expect(stage.Locator("#xray-answer")).ToHaveTextAsync(sum);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Stage_WithoutAToken_IsRefused()
    {
        await using TestPage server = await TestPage.StartAsync(options: Open);
        (IPage page, _) = await browser.OpenAsync(null);

        await page.GotoAsync(new Uri(server.Address, "/stage").AbsoluteUri);

        await Assertions.Expect(page.Locator("#reason")).ToHaveTextAsync("open the address that LiveConv printed: it holds the token");
    }
}
