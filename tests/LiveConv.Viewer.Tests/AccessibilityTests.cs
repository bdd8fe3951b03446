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
    [InlineData(ColorScheme.Light, 390, 844)]
    public async Task Axe_WithMicroscopeLessonAndDocument_FindsNothing(ColorScheme scheme, int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync(options: new() { Lessons = GuideTests.Shipped() });
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
