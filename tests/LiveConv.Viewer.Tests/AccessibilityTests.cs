using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class AccessibilityTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableTheory]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    [InlineData(ColorScheme.Light, 390, 844)]
    public async Task Axe_WithEachPartOpen_FindsNothing(ColorScheme scheme, int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address, width, height);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await server.ShowAsync(1);
        await Canvas.DrawnAsync(page, 1);
        await AssertCleanAsync(page);
        foreach (string key in (string[])["i", "e", "l", "x"])
        {
            await page.Keyboard.PressAsync(key);
            await AssertCleanAsync(page);
        }

        await Assertions.Expect(page.Locator("#xray .place")).ToBeVisibleAsync();
        await AssertCleanAsync(page);
        await page.Keyboard.PressAsync("t");
        await page.Locator("#learning-start").ClickAsync();
        await Assertions.Expect(page.Locator("#learning-kernels td").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await AssertCleanAsync(page);
        await page.Keyboard.PressAsync("?");
        await AssertCleanAsync(page);
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 844, 390)]
    [InlineData(ColorScheme.Light, 390, 844)]
    public async Task Axe_WithShelfWallMenuAndShare_FindsNothing(ColorScheme scheme, int width, int height)
    {
        await using TestPage server =
            await TestPage.StartAsync(options: new() { Format = PageFormat.Raw, Listen = System.Net.IPAddress.Loopback });
        (IPage page, _) = await browser.OpenAsync(server.Address, width, height);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await server.ShowAsync(1);
        await Canvas.DrawnAsync(page, 1);
        await page.Keyboard.PressAsync("y");
        await page.Keyboard.PressAsync("g");
        await AssertCleanAsync(page);
        await page.PressControlAsync("[data-toggles='log']");
        await AssertCleanAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("w");
        await Assertions.Expect(page.Locator("#wall canvas").First).ToBeVisibleAsync();
        await AssertCleanAsync(page);
        await page.Keyboard.PressAsync("w");
        if (await page.Locator("#more").IsVisibleAsync())
        {
            await page.Locator("#more").ClickAsync();
            await AssertCleanAsync(page);
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.Locator("#more-menu")).ToBeHiddenAsync();
        }

        await page.PressControlAsync("#share-open");
        await Assertions.Expect(page.Locator("#share-code svg")).ToBeVisibleAsync();
        await AssertCleanAsync(page);
    }

    [SkippableTheory]
    [InlineData(1440, 900)]
    [InlineData(1280, 600)]
    [InlineData(1024, 768)]
    [InlineData(844, 390)]
    [InlineData(390, 844)]
    public async Task Footer_OfAnyWindow_HasWhatDoesNotFitInAMenu(int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address, width, height);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await Canvas.SettledAsync(page);

        // Those in the bar are in sight, whole.
        ILocator inBar = page.Locator("#controls > button:visible");
        Assert.InRange(await inBar.CountAsync(), 2, 22);
        foreach (ILocator button in await inBar.AllAsync())
        {
            await Assertions.Expect(button).ToBeInViewportAsync(new() { Ratio = 1 });
        }

        if (width >= 1280 && await page.Locator("#more").IsHiddenAsync())
        {
            // The corner beside the upper maps has space for all of them.
            Assert.Equal(0, await page.Locator("#more-menu button").CountAsync());
            return;
        }

        await Assertions.Expect(page.Locator("#more")).ToBeVisibleAsync();
        await page.Locator("#more").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#more-menu button", new() { HasText = "Keys" })).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#more-menu")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#more")).ToBeFocusedAsync();
        await page.PressControlAsync("footer [data-key='?']");
        await Assertions.Expect(page.Locator("#help")).ToBeVisibleAsync();
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 390, 844)]
    public async Task Axe_WithMicroscopeLessonAndDocument_FindsNothing(ColorScheme scheme, int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync(options: new() { Lessons = GuideTests.Shipped });
        (IPage page, _) = await browser.OpenAsync(server.Address, width, height);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await server.ShowAsync(1);
        await Canvas.DrawnAsync(page, 1);
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-step .sum")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await AssertCleanAsync(page);
        await page.Keyboard.PressAsync("n");
        await page.Locator("#guide-answers button").First.ClickAsync();
        await Assertions.Expect(page.Locator("#guide-result strong")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await AssertCleanAsync(page);
        await page.GotoAsync(new Uri(server.Address, "convolution.html").AbsoluteUri);
        await AssertCleanAsync(page);
    }

    [SkippableFact]
    public async Task TabKey_FromTheTop_ReachesEveryControl()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#right .tiles input").First).ToBeVisibleAsync();
        string[] wanted = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("header select, .tiles input[tabindex='0'], footer button")]
              .filter(e => e.checkVisibility()).map(e => e.id || e.ariaLabel || e.textContent)
            """);

        var reached = new List<string>();
        for (int i = 0; i < wanted.Length; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>(
                "() => [document.activeElement].map(e => e.id || e.ariaLabel || e.textContent)[0]"));
        }

        Assert.Equal(wanted, reached);
    }

    private static async Task AssertCleanAsync(IPage page)
    {
        AxeResult result = await page.RunAxe();
        IEnumerable<string> faults = result.Violations.Select(
            violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}");
        Assert.True(result.Violations.Length == 0, string.Join('\n', faults));
    }
}
