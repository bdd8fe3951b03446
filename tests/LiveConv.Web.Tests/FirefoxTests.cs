using System.Text.RegularExpressions;
using LiveConv.Viewer.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveConv.Web.Tests;

/// <summary>The page in a tab of the system's Firefox, which reads cameras through a canvas.</summary>
[Collection(PublishedTabTestGroup.Name)]
public sealed class FirefoxTests(PublishedTab published)
{
    [SkippableFact]
    public async Task Tab_InFirefox_FiltersSceneImageAndCamera()
    {
        await using WebSite site = await WebSite.StartAsync(published.Folder, "/some/where/");
        await using TabPage tab = await published.OpenAsync(site.Address, TabBrowser.Firefox);
        IPage page = tab.Page;
        await tab.DrawnAsync();
        await Expect(page.Locator("#source")).ToContainTextAsync("test scene");

        await page.Keyboard.PressAsync("2");
        await Expect(page).ToHaveTitleAsync("Sobel 3x3 – LiveConv");
        await page.Keyboard.PressAsync("0");
        await Expect(page).Not.ToHaveTitleAsync("Sobel 3x3 – LiveConv");
        await page.Keyboard.PressAsync("v");
        string bar = await page.EvaluateAsync<string>(SourcesTests.Bar);
        await page.EvaluateAsync(SourcesTests.Drop, new { name = "bar.png", type = "image/png", base64 = bar });
        await Expect(page.Locator("#source")).ToContainTextAsync("bar.png  48x32");
        await page.WaitForFunctionAsync("() => document.querySelector('#left canvas').width === 48");
        Assert.Equal(SourcesTests.SeedOfTheBar(), await Canvas.PixelsAsync(page, "left"));

        await page.Locator("#presets").SelectOptionAsync("prewitt");
        await Expect(page).ToHaveTitleAsync("Prewitt 3x3 – LiveConv");
        await page.PressControlAsync("#share-open");
        await Expect(page.Locator("#notices")).ToContainTextAsync("Link copied");
        await page.WaitForFunctionAsync("() => location.hash.includes('preset=prewitt')");

        await page.PressControlAsync("#sources-open");
        await page.GetByRole(AriaRole.Button, new() { Name = "Camera", Exact = true }).ClickAsync();
        await Expect(page.Locator("#source")).ToContainTextAsync("640x480 GRAY8");
        await page.WaitForFunctionAsync("() => document.querySelector('#left canvas').width > 48");
        await tab.DrawnAsync();

        await page.Keyboard.PressAsync("r");
        await page.WaitForTimeoutAsync(2500);
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.PressAsync("l");
        ILocator recording = page.Locator("#recordings-list a");
        await Expect(recording).ToHaveCountAsync(1);
        await Expect(recording).ToHaveAttributeAsync("download", new Regex("[.]webm$"));
        await Expect(page.Locator("#recordings-list .hint")).ToContainTextAsync(new Regex("(0[.][1-9]|[1-9][.][0-9]) MB"));

        Assert.Empty(tab.Complaints);
        Assert.Empty(site.Missing);
    }
}
