using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>What axe cannot see: shortcuts, words for what is seen, flashing, the log of notices, snapshots.</summary>
public sealed class EverybodyTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] Permissions = ["clipboard-read", "clipboard-write"];

    [SkippableFact]
    public async Task Shortcuts_CanBeOffOrWithAlt_AndTheBrowserRemembers()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("?");
        await page.Locator("#shortcuts").SelectOptionAsync("off");
        await page.Locator("#help form button").ClickAsync();

        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("2");
        await page.PressControlAsync("footer [data-key='?']");
        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("All four");
        await page.Locator("#shortcuts").SelectOptionAsync("alt");
        await page.Locator("#help form button").ClickAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");

        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("Alt+j");
        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("Left map");
        await page.Keyboard.PressAsync("Alt+2");
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("sobel");
    }

    [SkippableFact]
    public async Task PresetMenu_ByKeyboard_KeepsTheFocus()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("seed");
        await page.Locator("#presets").FocusAsync();

        await page.Keyboard.PressAsync("ArrowDown");

        await Assertions.Expect(page).ToHaveTitleAsync("Sobel – LiveConv");
        await Assertions.Expect(page.Locator("#presets")).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task Panes_AreDescribedInWords()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);

        // Noise is as bright in both directions, and everywhere.
        await Assertions.Expect(page.Locator("#left canvas")).ToHaveAttributeAsync("aria-label", "Vertical edges, live: strong, all over");
        await Assertions.Expect(page.Locator("#fourth canvas")).ToHaveAttributeAsync(
            "aria-label", "Both together, live: vertical edges and horizontal edges alike, strong all over");
    }

    [SkippableFact]
    public async Task PresetOverTime_IsSaidToFlash_AndWaitsWhereMotionIsReduced()
    {
        await using TestPage server = await TestPage.StartAsync();
        Preset difference = PresetFile.Read(RepositoryFiles.PathOf("presets", "temporal-difference.json"));
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        server.Controls.Preset = difference;
        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("may flash");
        await Assertions.Expect(page.Locator("#left canvas")).ToBeVisibleAsync();
        server.Controls.Preset = TestPage.Sobel;
        await Assertions.Expect(page).ToHaveTitleAsync("Sobel – LiveConv");
        await Assertions.Expect(page.Locator("#notices")).Not.ToContainTextAsync("may flash", new() { Timeout = 3000 });
        server.Controls.Preset = difference;
        await Assertions.Expect(page.Locator("#log-list li", new() { HasText = "may flash" })).ToHaveCountAsync(2);

        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#left canvas")).ToBeHiddenAsync();
        await page.Locator("#flash-show").ClickAsync();

        await Assertions.Expect(page.Locator("#left canvas")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#flash")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task Notices_AreLoggedWithTheirTimes()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        server.Notices.Warn("the disk is full");
        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("the disk is full");

        await page.PressControlAsync("[data-toggles='log']");

        await Assertions.Expect(page.Locator("#log-list li")).ToContainTextAsync("the disk is full");
        Assert.Matches("[0-9]:[0-9]{2}", await page.Locator("#log-list time").TextContentAsync() ?? "");
    }

    [SkippableFact]
    public async Task Snapshot_IsWhatIsOnTheScreen_ListedDownloadableAndCopied()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Context.GrantPermissionsAsync(Permissions);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        LocatorBoundingBoxResult stage = (await page.Locator("#stage").BoundingBoxAsync())!;
        LocatorBoundingBoxResult input = (await page.Locator("#third canvas").BoundingBoxAsync())!;

        await page.Keyboard.PressAsync("s");
        await page.Keyboard.PressAsync("l");

        ILocator preview = page.Locator("#snapshots-list img");
        await Assertions.Expect(preview).ToHaveJSPropertyAsync("naturalWidth", (int)Math.Round(stage.Width));
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#snapshots-list a").ClickAsync());
        Assert.Matches("^seed-edges-.*\\.png$", download.SuggestedFilename);
        string copied = await page.EvaluateAsync<string>("async () => (await navigator.clipboard.read())[0].types.join()");
        Assert.Contains("image/png", copied, StringComparison.Ordinal);

        // A pixel of the input stands in the file where it is on the screen.
        int[] pixel = await page.EvaluateAsync<int[]>("""
            async ([x, y]) => {
              const image = document.querySelector("#snapshots-list img");
              await image.decode();
              const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
              const context = canvas.getContext("2d");
              context.drawImage(image, 0, 0);
              return [...context.getImageData(x, y, 1, 1).data];
            }
            """, new[] { (int)(input.X - stage.X + (input.Width * 32.5 / 64)), (int)(input.Y - stage.Y + (input.Height * 24.5 / 48)) });
        Assert.Equal(server.Luma(3)[(24 * server.Width) + 32], pixel[0]);
    }
}
