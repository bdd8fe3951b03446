using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveConv.Web.Tests;

/// <summary>The page in a tab for fingers, and for those who do not see it.</summary>
[Collection(PublishedTabTestGroup.Name)]
public sealed class PhoneTests(PublishedTab published)
{
    [SkippableTheory]
    [InlineData(390, 844)]
    [InlineData(844, 390)]
    public async Task Tab_OnAPhone_IsUsedByTouch(int width, int height)
    {
        await using WebSite site = await WebSite.StartAsync(published.Folder, "/");
        await using TabPage tab = await published.OpenAsync(site.Address, TabBrowser.Chromium, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            DeviceScaleFactor = 3,
            HasTouch = true,
            IsMobile = true,
        });
        IPage page = tab.Page;
        await tab.DrawnAsync();
        await AssertCleanAsync(page);

        await TapControlAsync(page, "#sources-open");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Built-in scene" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Image or video…" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await AssertCleanAsync(page);
        await page.Locator("#sources").GetByRole(AriaRole.Button, new() { Name = "Close" }).TapAsync();

        await TapControlAsync(page, "[data-toggles='shelf']");
        await page.Locator("#shelf-list button").Nth(1).TapAsync();
        await Expect(page).Not.ToHaveTitleAsync("LiveConv");
        await page.Locator("[data-closes='shelf']").TapAsync();
        await TapControlAsync(page, "[data-toggles='xray']");
        await Expect(page.Locator("#xray-said")).ToContainTextAsync("row");
        await AssertCleanAsync(page);
        await page.Locator("[data-closes='xray']").TapAsync();
        await tab.DrawnAsync();

        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
        Assert.Empty(tab.Complaints);
    }

    private static async Task TapControlAsync(IPage page, string selector)
    {
        await Expect(page.Locator("body[data-role]")).ToHaveCountAsync(1);
        ILocator button = page.Locator($"footer {selector}");
        if (!await button.IsVisibleAsync())
        {
            await page.Locator("#more").TapAsync();
        }

        await button.TapAsync();
    }

    private static async Task AssertCleanAsync(IPage page)
    {
        AxeResult result = await page.RunAxe();
        Assert.True(
            result.Violations.Length == 0,
            string.Join('\n', result.Violations.Select(
                violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}")));
    }
}
