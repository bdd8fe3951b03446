using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>Links to the page's state that are opened where something else is shown.</summary>
public sealed class StateLinkTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToContainTextOptions Slow = new() { Timeout = 30_000 };

    private static PageOptions Options => new() { Format = PageFormat.Raw, Lessons = GuideTests.Shipped };

    [SkippableFact]
    public async Task Link_OpenedOnAPageThatShowsMore_ShowsWhatItNamesAndNothingElse()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        foreach (string key in (string[])["v", "y", "n"])
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("1 of 16", Slow);
        await page.Keyboard.PressAsync("w");
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#wall")).ToBeVisibleAsync();

        await OpenAsync(page, "#preset=sobel");

        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("sobel");
        await ShowsAsync(page, "All four", isSigned: false);
        foreach (string part in (string[])["#wall", "#microscope", "#guide"])
        {
            await Assertions.Expect(page.Locator(part)).ToBeHiddenAsync();
        }

        // What a link shows is not what somebody chose.
        await page.GotoAsync("about:blank");
        await page.GotoAsync(server.Address.AbsoluteUri);
        await ShowsAsync(page, "Pair", isSigned: true);

        await page.GotoAsync("about:blank");
        await page.GotoAsync(new Uri(server.Address, "#preset=sobel").AbsoluteUri);
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("sobel");
        await ShowsAsync(page, "All four", isSigned: false);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Link_ToNothingButAStep_ShowsTheStepAsTheLessonDoes()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options, presets: GuideTests.PresetsOfTheLesson);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null);
        await server.ShowAsync(3);
        await page.GotoAsync(new Uri(server.Address, "#lesson=convolution/5").AbsoluteUri);
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("5 of 16", Slow);
        await Assertions.Expect(page.Locator("#microscope")).ToBeVisibleAsync();

        await OpenAsync(page, "#lesson=convolution/10");
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("10 of 16", Slow);
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("canny");
        await Assertions.Expect(page.Locator("#wall")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#microscope")).ToBeHiddenAsync();

        // As when the page writes what it shows into the address before the browser announces the link.
        await page.EvaluateAsync(
            "() => { location.hash = '#lesson=convolution/13'; history.replaceState(null, '', '#lesson=convolution/10'); }");
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("13 of 16", Slow);
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("temporal-difference");
        await Assertions.Expect(page.Locator("#wall")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task LinkToKernels_ThatAreInUseAlready_ShowsTheRest_AndTheNextLinkIsOpened()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        string kernels = Uri.EscapeDataString(
            """{"version":1,"name":"Mine","operation":"correlation","vertical":[[1,0,-1]],"horizontal":[[1],[0],[-1]]}""");
        string link = $"#kernels={kernels}&view=v&tool=editor";
        await OpenAsync(page, link);
        await Assertions.Expect(page.Locator("#editor")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#editor")).ToBeVisibleAsync();
        await ShowsAsync(page, "Pair", isSigned: false);

        // Here it is what this very page edited last, so that nothing about the preset changes.
        await OpenAsync(page, $"#kernels={kernels}&view=o&signed=yes");
        await ShowsAsync(page, "Overlay", isSigned: true);
        await Assertions.Expect(page.Locator("#editor")).ToBeHiddenAsync();

        await OpenAsync(page, "#preset=sobel");
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("sobel");
        await ShowsAsync(page, "All four", isSigned: false);
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData("\"lessons\"", "#lesson=convolution/10")]
    [InlineData("\"place\"", "#lesson=convolution/10&lens=left.5.5&view=o")]
    public async Task Link_WhoseConnectionIsLost_IsShownWhenItIsBack(string question, string link)
    {
        await using TestPage server = await TestPage.StartAsync(options: Options, presets: GuideTests.PresetsOfTheLesson);
        (IPage page, _) = await browser.OpenAsync(null);
        int lost = 0;
        await page.RouteWebSocketAsync(new Regex("/live"), route =>
        {
            IWebSocketRoute real = route.ConnectToServer();
            route.OnMessage(frame =>
            {
                if (frame.Text?.Contains(question, StringComparison.Ordinal) == true && Interlocked.Increment(ref lost) == 1)
                {
                    _ = real.CloseAsync();
                    _ = route.CloseAsync();
                }
                else if (frame.Text is { } text)
                {
                    real.Send(text);
                }
            });
        });
        await server.ShowAsync(3);
        await page.GotoAsync(server.Address.AbsoluteUri);
        await Canvas.DrawnAsync(page, 3);

        await OpenAsync(page, link);

        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("10 of 16", Slow);
        await Assertions.Expect(page.Locator("#notices .problem")).ToHaveCountAsync(0);
        Assert.True(lost > 1, "the question is asked once more");

        // The next link is opened too.
        await OpenAsync(page, "#view=v");
        await ShowsAsync(page, "Pair", isSigned: false);
    }

    [SkippableFact]
    public async Task Links_OpenedOneRightAfterTheOther_TheLastIsShown()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options, presets: GuideTests.PresetsOfTheLesson);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        foreach (string link in (string[])["#lens=left.999.9", "#lens=left.4.4", "#lesson=convolution/99", "#lesson=convolution/13"])
        {
            await OpenAsync(page, link);
        }

        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("13 of 16", Slow);
        await Assertions.Expect(page.Locator("#xray")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#log-list")).ToContainTextAsync("left.999.9");
        await Assertions.Expect(page.Locator("#log-list")).ToContainTextAsync("has 16 steps");
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData("#lesson=convolution/99", "has 16 steps")]
    [InlineData("#lesson=nosuch/1", "there is no lesson “nosuch”")]
    [InlineData("#view=o&lens=left.99.99", "no pixel")]
    [InlineData("#view=o&kernels={\"version\":1}", "not a preset")]
    public async Task Link_RefusedDuringALesson_ChangesNothing(string link, string why)
    {
        await using TestPage server = await TestPage.StartAsync(options: Options);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("1 of 16", Slow);
        await page.Locator("#guide-answers button").First.ClickAsync();
        await Assertions.Expect(page.Locator("#guide-answers [data-result=right]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("v");
        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("sobel");

        await OpenAsync(page, link);

        await Assertions.Expect(page.Locator("#notices .problem")).ToContainTextAsync(why);

        // What LiveConv is asked for later is answered later: nothing that the link led to is still on its way.
        await page.Locator("#guide-answers button").Nth(1).ClickAsync();
        await Assertions.Expect(page.Locator("#guide-answers [data-result=wrong]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#guide-answers [data-result=right]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("1 of 16");
        await ShowsAsync(page, "Pair", isSigned: false);
        Assert.Equal("sobel", server.Controls.Preset.Id);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Guest_WhoOpensALinkToAnotherStep_SeesNothingOfTheStepBefore()
    {
        PageOptions open = Options with { Listen = System.Net.IPAddress.Loopback };
        await using TestPage server = await TestPage.StartAsync(options: open, presets: GuideTests.PresetsOfTheLesson);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Addresses.Guest);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await OpenAsync(page, "#lesson=convolution/10");
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("10 of 16", Slow);
        await Assertions.Expect(page.Locator("#wall")).ToBeVisibleAsync();

        await OpenAsync(page, "#preset=temporal-difference&lesson=convolution/13");

        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("13 of 16", Slow);
        await Assertions.Expect(page.Locator("#wall")).ToBeHiddenAsync();
        Assert.Equal("seed", server.Controls.Preset.Id);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task View_OfALesson_IsNotTheOneThatIsRemembered()
    {
        await using TestPage server = await TestPage.StartAsync(options: Options);
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        await page.Keyboard.PressAsync("v");
        await ShowsAsync(page, "Pair", isSigned: false);
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("1 of 16", Slow);
        await ShowsAsync(page, "All four", isSigned: false);

        await page.GotoAsync("about:blank");
        await page.GotoAsync(server.Address.AbsoluteUri);

        await ShowsAsync(page, "Pair", isSigned: false);
    }

    private static Task OpenAsync(IPage page, string link) => page.EvaluateAsync("link => { location.hash = link; }", link);

    private static async Task ShowsAsync(IPage page, string view, bool isSigned)
    {
        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync(view);
        await Assertions.Expect(page.Locator("#signed")).ToHaveAttributeAsync("aria-pressed", isSigned ? "true" : "false");
    }
}
