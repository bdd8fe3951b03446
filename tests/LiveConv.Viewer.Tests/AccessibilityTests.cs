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
    public async Task Axe_WithEveryPartOpen_FindsNothing(ColorScheme scheme, int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address, width, height);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await server.ShowAsync(1);
        await Canvas.DrawnAsync(page, 1);
        foreach (string key in new[] { "e", "x", "l", "t" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page.Locator("#xray .place")).ToBeVisibleAsync();
        await page.Locator("#learning-start").ClickAsync();
        await Assertions.Expect(page.Locator("#learning-kernels td").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await AssertCleanAsync(page);
        await page.Keyboard.PressAsync("?");
        await AssertCleanAsync(page);
    }

    [SkippableFact]
    public async Task TabKey_FromTheTop_ReachesEveryControl()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        string[] wanted = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("header select, footer button")].filter(e => e.checkVisibility()).map(e => e.id || e.textContent)
            """);

        var reached = new List<string>();
        for (int i = 0; i < wanted.Length; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.textContent"));
        }

        Assert.Equal(wanted, reached);
    }

    private static async Task AssertCleanAsync(IPage page)
    {
        AxeResult result = await page.RunAxe();
        Assert.Empty(
            result.Violations.Select(
                violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));
    }
}
