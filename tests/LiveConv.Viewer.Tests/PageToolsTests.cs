using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>What holds for every tool of the page: its keys, where the focus goes, and that a snapshot is what is seen.</summary>
public sealed class PageToolsTests(Browser browser) : IClassFixture<Browser>
{
    // The colour of the newest snapshot at a place on the screen.
    private const string SnapshotAt = """
        async ([x, y]) => {
          const image = document.querySelector("#snapshots-list img");
          await image.decode();
          const [canvas, stage] = [new OffscreenCanvas(image.naturalWidth, image.naturalHeight), document.getElementById("stage")];
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const box = stage.getBoundingClientRect();
          return [...context.getImageData(x - box.x, y - box.y, 1, 1).data];
        }
        """;

    private const string OpenParts = """
        () => ["shelf", "xray", "editor", "recordings", "learning", "microscope", "log", "guide", "wall", "statistics"]
          .filter(id => !document.getElementById(id).hidden).sort().join(" ")
        """;

    [SkippableFact]
    public async Task Shortcuts_SwitchedOff_SilenceEveryKeyThatTypesSomething()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.EvaluateAsync("() => localStorage.setItem('shortcuts', 'off')");
        await page.PressControlAsync("footer [data-key='x']");
        ILocator place = page.Locator("#xray .place");
        await Assertions.Expect(place).ToContainTextAsync("row 24, column 32");

        foreach (string key in (string[])[".", ",", "x", "e", "u", "n", "w", "i", "g", "t", "2", "p", "r", "b", "f", "d", "?", "h", "q"])
        {
            await page.Keyboard.PressAsync(key);
        }

        // What no voice types still walks; and it comes after the keys before it.
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(place).ToContainTextAsync("row 24, column 0");
        await Assertions.Expect(page.Locator("#help")).ToBeHiddenAsync();
        Assert.Equal("xray", await page.EvaluateAsync<string>(OpenParts));
        Assert.False(server.Controls.IsPaused || server.Controls.IsRecording);
        Assert.Equal("seed", server.Controls.Preset.Id);

        await page.EvaluateAsync("() => localStorage.setItem('shortcuts', 'alt')");
        await page.Keyboard.PressAsync(".");
        await page.Keyboard.PressAsync("Alt+.");
        await page.Keyboard.PressAsync("Alt+.");
        await Assertions.Expect(place).ToContainTextAsync("row 24, column 2");
        await page.Keyboard.PressAsync("Alt+,");
        await Assertions.Expect(place).ToContainTextAsync("row 24, column 1");

        // The footer's button of that key is a step of the video, not of the lens.
        await page.PressControlAsync("footer [data-key='.']");
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("Paused");
        await Assertions.Expect(place).ToContainTextAsync("row 24, column 1");
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData("shelf")]
    [InlineData("xray")]
    [InlineData("wall")]
    [InlineData("microscope")]
    [InlineData("guide")]
    [InlineData("statistics")]
    [InlineData("log")]
    public async Task Part_OpenedByItsButton_HasTheFocus_AndEscapeGivesItBack(string id)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);

        await page.PressControlAsync($"footer [data-toggles='{id}']");
        await page.WaitForFunctionAsync("id => document.getElementById(id).contains(document.activeElement)", id);
        Assert.Equal(id, await page.EvaluateAsync<string>(OpenParts));
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator($"#{id}")).ToBeHiddenAsync();
        string back = await page.EvaluateAsync<string>("() => document.activeElement.dataset.toggles ?? document.activeElement.id");
        Assert.Equal(await page.Locator($"#controls [data-toggles='{id}']").CountAsync() > 0 ? id : "more", back);
    }

    [SkippableFact]
    public async Task Escape_WithSeveralPartsOpen_ClosesTheOneWithTheFocusThenTheLast()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        foreach (string key in (string[])["i", "w", "x"])
        {
            await page.Keyboard.PressAsync(key);
        }

        await page.Locator("#statistics").FocusAsync();
        foreach (string left in (string[])["wall xray", "wall", ""])
        {
            await page.Keyboard.PressAsync("Escape");
            Assert.Equal(left, await page.EvaluateAsync<string>(OpenParts));
        }
    }

    [SkippableFact]
    public async Task Snapshot_OfMicroscopeWallAndLens_IsWhatIsSeen()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);

        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-step .sum")).ToBeVisibleAsync();
        await page.Locator("[data-source='hold']").ClickAsync();
        await SnapshotAsync(page, 1);
        await AssertSameAsync(page, "#microscope-image .cells span:not(.marked)");
        await page.Keyboard.PressAsync("u");

        await page.Keyboard.PressAsync("w");
        await Assertions.Expect(page.Locator(".wall .map canvas").First).ToBeVisibleAsync();
        await SnapshotAsync(page, 2);
        await AssertSameAsync(page, "#wall");
        await page.Keyboard.PressAsync("w");

        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#left .marks .window")).ToBeAttachedAsync();
        await SnapshotAsync(page, 3);
        await AssertSameAsync(page, "#left .marks .window");
        await AssertSameAsync(page, "#xray .taps td");
        await page.Keyboard.PressAsync("x");

        await page.Keyboard.PressAsync("y");
        await Assertions.Expect(page.Locator("#left .legend .blue")).ToBeVisibleAsync();
        await SnapshotAsync(page, 4);
        await page.EvaluateAsync("() => document.querySelectorAll('.legend').forEach(legend => legend.style.background = 'rgb(1, 99, 3)')");
        await SnapshotAsync(page, 5);
        await AssertSameAsync(page, "#left .legend");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Snapshot_NeverShowsWhatIsHidden()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("b");
        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(page.Locator("#notices .problem")).ToContainTextAsync("blacked out");
        await Assertions.Expect(page.Locator("#stage")).ToHaveCSSAsync("background-color", "rgb(0, 0, 0)");
        await Assertions.Expect(page.Locator("#snapshots-list img")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("b");

        // As a step of a lesson hides its maps.
        await page.EvaluateAsync("() => { document.body.dataset.guide = ''; document.body.dataset.secret = 'maps'; }");
        await Assertions.Expect(page.Locator("#left canvas")).ToBeHiddenAsync();
        await SnapshotAsync(page, 1);
        LocatorBoundingBoxResult map = (await page.Locator("#left .frame").BoundingBoxAsync())!;
        foreach (double part in (double[])[0.3, 0.5, 0.7])
        {
            int[] place = [(int)(map.X + (map.Width * part)), (int)(map.Y + (map.Height * 0.9))];
            int[] pixel = await page.EvaluateAsync<int[]>(SnapshotAt, place);
            Assert.Equal([0, 0, 0], pixel[..3]);
        }
    }

    private static async Task SnapshotAsync(IPage page, int number)
    {
        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(page.Locator("#snapshots-list img")).ToHaveCountAsync(number);
    }

    // A corner of a part has no text on it, and so its ground's colour; a mark has that of its line.
    private static async Task AssertSameAsync(IPage page, string selector)
    {
        ILocator part = page.Locator(selector).First;
        float[] box = await part.EvaluateAsync<float[]>("part => [part.getBoundingClientRect()].flatMap(({ x, y }) => [x, y])");
        int[] colour = await part.EvaluateAsync<int[]>("""
            part => {
              const context = new OffscreenCanvas(1, 1).getContext("2d");
              const style = getComputedStyle(part);
              context.fillStyle = part instanceof SVGElement ? style.stroke : style.backgroundColor;
              context.fillRect(0, 0, 1, 1);
              return [...context.getImageData(0, 0, 1, 1).data];
            }
            """);
        int inset = !selector.Contains(".marks", StringComparison.Ordinal) ? 3 : 0;
        int[] pixel = await page.EvaluateAsync<int[]>(SnapshotAt, new[] { (int)box[0] + inset, (int)box[1] + inset });
        Assert.All(colour.Zip(pixel), pair => Assert.InRange(pair.Second, pair.First - 2, pair.First + 2));
    }
}
