using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>The shelf of presets, and the state in the page's address.</summary>
public sealed class ShelfPageTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task Shelf_Opened_ShowsEachPresetsMapsAndChoosesOnClick()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        await page.Keyboard.PressAsync("g");

        ILocator sobel = page.Locator("#shelf li", new() { HasText = "Sobel" });
        await Assertions.Expect(page.Locator("#shelf li")).ToHaveCountAsync(2);
        await Assertions.Expect(sobel.Locator("kbd")).ToHaveTextAsync("2");
        await Assertions.Expect(sobel.Locator("canvas").Nth(1)).ToHaveJSPropertyAsync("width", server.Width);
        await sobel.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("sobel");
        await Assertions.Expect(sobel.GetByRole(AriaRole.Button)).ToHaveAttributeAsync("aria-current", "true");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Search_NarrowsTheShelf_AndEnterChooses()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("g");
        await Assertions.Expect(page.Locator("#shelf-title")).ToBeFocusedAsync();

        await page.Locator("#shelf-search").FillAsync("sob");
        await Assertions.Expect(page.Locator("#shelf li:not([hidden])")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("sobel");
        await page.Locator("#shelf-search").FillAsync("nothing like this");
        await Assertions.Expect(page.Locator("#shelf-none")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Edits_AreOnTheShelfUntilThrownAway()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await page.Locator("#left .tiles input").Nth(4).FillAsync("7");
        await Assertions.Expect(page).ToHaveTitleAsync("Edited Seed edges – LiveConv");
        await page.Locator("#left .tiles input").Nth(4).BlurAsync();
        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(page).ToHaveTitleAsync("Sobel – LiveConv");
        await page.Keyboard.PressAsync("g");
        ILocator edit = page.Locator("#shelf li", new() { HasText = "Edited Seed edges" });

        await edit.GetByRole(AriaRole.Button, new() { Name = "Edited Seed edges", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#left .tiles input").Nth(4)).ToHaveValueAsync("7");
        await edit.GetByRole(AriaRole.Button, new() { Name = "Throw away" }).ClickAsync();

        await Assertions.Expect(edit).ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveTitleAsync("Seed edges – LiveConv");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Address_OfAnEdit_ShowsTheSameOnAnotherServer()
    {
        string state;
        await using (TestPage first = await TestPage.StartAsync())
        {
            (IPage from, _) = await browser.OpenAsync(first.Address);
            await from.Locator("#left .tiles input").Nth(4).FillAsync("7");
            await Assertions.Expect(from).ToHaveTitleAsync("Edited Seed edges – LiveConv");
            await from.Locator("#left .tiles input").Nth(4).BlurAsync();
            await from.Keyboard.PressAsync("o");
            await Assertions.Expect(from).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("kernels=.*view=o"));
            state = new Uri(from.Url).Fragment;
        }

        await using TestPage second = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(new Uri(second.Address, state));

        await Assertions.Expect(page).ToHaveTitleAsync("Edited Seed edges – LiveConv");
        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("Overlay");
        Assert.Equal(7, second.Controls.Preset.Bank!.Filters[0].Kernel[1, 1]);
        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(page.Locator("#left .tiles input").Nth(4)).ToHaveValueAsync("7");
    }

    [SkippableFact]
    public async Task Address_WithALens_PinsItsPixel_AndFollowsIt()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null);
        await server.ShowAsync(3);
        await page.GotoAsync(new Uri(server.Address, "#preset=sobel&signed=yes&lens=right.5.4").AbsoluteUri);

        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 4, column 5");
        await Assertions.Expect(page.Locator("#xray-map")).ToHaveJSPropertyAsync("selectedIndex", 1);
        await Assertions.Expect(page.Locator("#signed")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("sobel");
        await page.Keyboard.PressAsync("ArrowRight");

        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("lens=right\\.6\\.4"));
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 4, column 6");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Address_WithAStepOfALesson_ShowsItAndFollowsIt()
    {
        await using TestPage server = await TestPage.StartAsync(
            options: new PageOptions { Format = PageFormat.Raw, Lessons = GuideTests.Shipped });
        (IPage page, _) = await browser.OpenAsync(null);
        await server.ShowAsync(3);
        await page.GotoAsync(new Uri(server.Address, "#view=k&lesson=convolution/3").AbsoluteUri);

        await Assertions.Expect(page.Locator("#guide-place")).ToContainTextAsync("3 of 16", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("Right map");
        await page.Locator("#guide-next").ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("lesson=convolution%2F4"));
    }

    [SkippableTheory]
    [InlineData("#preset=gone&view=o", "there is no preset")]
    [InlineData("#preset=sobel&foo=1", "“foo”")]
    [InlineData("#preset=sobel&preset=seed", "twice")]
    [InlineData("#view=o&kernels=[1]", "not a preset")]
    [InlineData("#preset=sobel&view=o&kernels={\"version\":1}", "not a preset: missing: name")]
    [InlineData("#preset=sobel&view=%FF", "there is no view")]
    [InlineData("#preset=sobel&lens=middle.3.4", "no place of a map")]
    [InlineData("#preset=sobel&lesson=convolution/0", "no step of a lesson")]
    public async Task Address_ThatIsNoState_IsReportedAndChangesNothing(string fragment, string why)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(new Uri(server.Address, fragment));

        await Assertions.Expect(page.Locator("#notices .problem")).ToContainTextAsync(why);
        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("All four");
        Assert.Equal("seed", server.Controls.Preset.Id);
    }

    [SkippableTheory]
    [InlineData("lens=left.64.0", "the map is 64x48")]
    [InlineData("lens=right.0.48", "the map is 64x48")]
    [InlineData("lens=1.0.3.4", "its preset has 1 layer")]
    [InlineData("lens=0.2.3.4", "that layer has 2 maps")]
    [InlineData("preset=canny&lens=5.0.3.4", "its preset has 5 layers")]
    [InlineData(
        "kernels={\"version\":1,\"name\":\"X\",\"layers\":[{\"kernels\":[{\"weights\":[[1]]}],\"stride\":2}]}&lens=left.32.0",
        "the map is 32x24")]
    [InlineData("lesson=gone/1", "there is no lesson “gone”")]
    [InlineData("lesson=convolution/17", "has 16 steps")]
    public async Task Address_OfAPixelOrAStepThatIsNotThere_IsReportedInOneLineAndChangesNothing(string part, string why)
    {
        await using TestPage server = await TestPage.StartAsync(
            options: new PageOptions { Format = PageFormat.Raw, Lessons = GuideTests.Shipped }, presets: GuideTests.PresetsOfTheLesson);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null);
        await server.ShowAsync(3);

        await page.GotoAsync(new Uri(server.Address, $"#view=k&{part}").AbsoluteUri);

        await Assertions.Expect(page.Locator("#notices .problem")).ToContainTextAsync("This link cannot be shown, and nothing has changed");
        await Assertions.Expect(page.Locator("#notices .problem")).ToContainTextAsync(why);
        await Assertions.Expect(page.Locator("#notices p")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("All four");
        await Assertions.Expect(page.Locator("#xray")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#guide")).ToBeHiddenAsync();
        Assert.Equal("seed", server.Controls.Preset.Id);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Address_OfALayersPixelInAnotherPreset_WaitsForThatPreset()
    {
        await using TestPage server = await TestPage.StartAsync(presets: GuideTests.PresetsOfTheLesson);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(null);
        await server.ShowAsync(3);
        await page.GotoAsync(new Uri(server.Address, "#preset=canny&lens=2.1.50.40").AbsoluteUri);
        await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync("canny");

        await server.ShowAsync(4);

        await Assertions.Expect(page.Locator("#xray-stages [aria-current]")).ToHaveTextAsync("Thinning");
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 40, column 50");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Address_OpenedByAGuest_ChangesWhatAGuestMay()
    {
        var options = new PageOptions { Format = PageFormat.Raw, Listen = System.Net.IPAddress.Loopback };
        await using TestPage server = await TestPage.StartAsync(options: options);
        (IPage page, _) = await browser.OpenAsync(new Uri(server.Addresses.Guest!, "#preset=sobel&view=o"));

        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("Overlay");
        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("only the presenter");
        Assert.Equal("seed", server.Controls.Preset.Id);
    }

    [SkippableFact]
    public async Task EscapeKey_ClosesTheToolAndGivesTheFocusBack()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        ILocator button = page.Locator("[data-toggles='shelf']");
        await Assertions.Expect(button).ToBeVisibleAsync();
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#shelf-title")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("#shelf .what")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("#shelf .close")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("#shelf-search")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator("#shelf")).ToBeHiddenAsync();
        await Assertions.Expect(button).ToBeFocusedAsync();
    }
}
