using LiveConv.Convolution;
using LiveConv.Presets;
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

    [SkippableTheory]
    [InlineData("help", 1440)]
    [InlineData("help", 700)]
    [InlineData("share", 1440)]
    [InlineData("share", 700)]
    public async Task Dialog_Closed_GivesTheFocusBack(string id, int width)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address, width, 700);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);

        string button = id == "help" ? "footer [data-key='?']" : "#share-open";
        await page.PressControlAsync(button);
        await Assertions.Expect(page.Locator($"#{id}")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator($"#{id}")).ToBeHiddenAsync();
        bool isInSight = await page.Locator(button).IsVisibleAsync();
        await Assertions.Expect(page.Locator(isInSight ? button : "#more")).ToBeFocusedAsync();
    }

    // On a phone the keys that close are not at hand; and the button gives the focus back as Escape does.
    [SkippableTheory]
    [InlineData("shelf", "the presets")]
    [InlineData("xray", "X-ray")]
    [InlineData("editor", "the kernel editor")]
    [InlineData("learning", "Learn")]
    [InlineData("recordings", "the recordings")]
    [InlineData("log", "the notices")]
    [InlineData("statistics", "the statistics")]
    [InlineData("wall", "the layers")]
    [InlineData("microscope", "the microscope")]
    [InlineData("guide", "the lesson")]
    public async Task Part_OnAPhone_HasAButtonThatClosesItAndGivesTheFocusBack(string id, string name)
    {
        await using TestPage server = await TestPage.StartAsync(options: new() { Lessons = GuideTests.Shipped });
        (IPage page, _) = await browser.OpenAsync(server.Address, 390, 844);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.PressControlAsync($"footer [data-toggles='{id}']");
        await page.WaitForFunctionAsync("id => document.getElementById(id).contains(document.activeElement)", id);
        ILocator button = page.Locator($"#{id}").GetByRole(AriaRole.Button, new() { Name = $"Close {name}", Exact = true });

        // However far it is scrolled.
        await page.EvaluateAsync("id => document.getElementById(id).closest('.tool, section').scrollTo(0, 400)", id);
        await Assertions.Expect(button).ToBeInViewportAsync(new() { Ratio = 1 });
        await button.ClickAsync();

        await Assertions.Expect(page.Locator($"#{id}")).ToBeHiddenAsync();
        string back = await page.EvaluateAsync<string>("() => document.activeElement.dataset.toggles ?? document.activeElement.id");
        Assert.Equal(await page.Locator($"#controls [data-toggles='{id}']").CountAsync() > 0 ? id : "more", back);
    }

    // A key opened it, with nothing that had the focus before.
    [SkippableTheory]
    [InlineData("g", "shelf")]
    [InlineData("x", "xray")]
    [InlineData("i", "statistics")]
    public async Task Part_OpenedByItsKey_LeavesTheFocusOnTheStage(string key, string id)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);

        await page.Keyboard.PressAsync(key);
        await page.WaitForFunctionAsync("id => document.getElementById(id).contains(document.activeElement)", id);
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator("#stage")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("Paused");
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

    // From all that is open, as wide and high as that is.
    [SkippableTheory]
    [InlineData("n", "#guide")]
    [InlineData("i", "#statistics")]
    [InlineData("e", "#editor")]
    [InlineData("t", "#learning")]
    [InlineData("g", "#shelf")]
    public async Task Snapshot_HasWhateverIsOpen(string key, string id)
    {
        await using TestPage server = await TestPage.StartAsync(options: new() { Lessons = GuideTests.Shipped });
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync(key);
        await Assertions.Expect(page.Locator(id)).ToBeVisibleAsync();
        await page.EvaluateAsync("id => document.querySelector(id).style.background = 'rgb(1, 99, 3)'", id);

        await SnapshotAsync(page, 1);

        int[] size = await page.EvaluateAsync<int[]>("""
            async id => {
              const image = document.querySelector("#snapshots-list img");
              await image.decode();
              const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
              const context = canvas.getContext("2d");
              context.drawImage(image, 0, 0);
              const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
              let same = 0;
              for (let i = 0; i < data.length; i += 4) {
                same += data[i] === 1 && data[i + 1] === 99 && data[i + 2] === 3 ? 1 : 0;
              }

              return [same, canvas.width];
            }
            """, id);
        Assert.InRange(size[0], 5000, int.MaxValue);
        Assert.Equal(1440, size[1]);
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
            Assert.Equal([0x3f, 0x48, 0x57], pixel[..3]);
        }
    }

    [SkippableFact]
    public async Task Shelf_NumbersOfTwoDigits_ChooseEveryPresetAndEdit()
    {
        // In one go, whatever the machine does meanwhile: the second digit is waited for only so long.
        const string Digits = """
            keys => keys.forEach(key =>
              document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code: `Digit${key}`, bubbles: true })))
            """;
        IEnumerable<Preset> more = Enumerable.Range(3, 12).Select(i => new Preset($"p{i}", $"Number {i}", TestPage.Sobel.Bank!));
        await using TestPage server = await TestPage.StartAsync(presets: [.. more]);
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Locator("#left .tiles input").First.FillAsync("7");
        await Assertions.Expect(page).ToHaveTitleAsync("Edited Seed edges – LiveConv");
        await page.Locator("#left .tiles input").First.BlurAsync();
        await page.Keyboard.PressAsync("g");
        string[] keys = [.. await page.Locator("#shelf-list kbd").AllTextContentsAsync()];
        Assert.Equal([15, .. Enumerable.Range(1, 14)], keys.Select(int.Parse));

        (string[] Digits, string Id)[] choices = [(["1", "2"], "p12"), (["1"], "seed"), (["4"], "p4"), (["1", "0"], "p10")];
        foreach ((string[] digits, string id) in choices)
        {
            await page.EvaluateAsync(Digits, digits);
            await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync(id);
        }

        await page.EvaluateAsync(Digits, (string[])["1", "5"]);
        await Assertions.Expect(page).ToHaveTitleAsync("Edited Seed edges – LiveConv");
    }

    [SkippableFact]
    public async Task Tools_EachLinkToTheirPlaceInTheDocument()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        string[] without = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll(".tool > section, #wall, #microscope, #guide, #statistics, #share")]
              .filter(part => !part.querySelector("a.what[href^='convolution.html#'], #guide-more")).map(part => part.id)
            """);
        Assert.Empty(without);
    }

    [SkippableFact]
    public async Task Parts_InLowAndNarrowWindows_AreWhereTheyCanBeUsed()
    {
        await using TestPage server = await TestPage.StartAsync(width: 128, height: 72);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address, 720, 450);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);

        // What stands in the header is not cut.
        foreach (string part in (string[])["#status", "#pulse"])
        {
            Assert.True(await page.Locator(part).EvaluateAsync<bool>("""
                part => part.scrollWidth <= part.clientWidth
                  && part.getBoundingClientRect().right <= part.closest("header").getBoundingClientRect().right
                """));
        }

        // The microscope's buttons are at hand however low the window is.
        await page.SetViewportSizeAsync(844, 390);
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-step .sum")).ToBeAttachedAsync();
        await Assertions.Expect(page.Locator("#microscope-play")).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.Keyboard.PressAsync("u");

        // A sheet on a phone has window, kernel, products and sum; the two frames stand one below the other.
        await page.SetViewportSizeAsync(390, 844);
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#xray .products")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(page.Locator("#xray .step.pixel")).ToBeInViewportAsync(new() { Ratio = 1 });
        float[] lefts = await page.EvaluateAsync<float[]>(
            "() => ['left', 'right'].map(id => document.querySelector(`#${id} .frame`).getBoundingClientRect().left)");
        Assert.Equal(lefts[0], lefts[1], 0.6);

        // All of a kernel of 13x13 is seen, and the numbers round the cell that is pointed at can be read.
        await page.SetViewportSizeAsync(1440, 900);
        float[,] weights = new float[13, 13];
        weights[3, 4] = 2;
        server.Controls.Preset = new Preset("large", "Large", new FilterBank(
            Operation.Correlation, BorderMode.Mirror, new Filter(new Kernel(weights)), new Filter(new Kernel(weights))));
        await server.ShowAsync(9);
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#xray .grids .taps td")).ToHaveCountAsync(169);
        foreach (string table in (string[])[".grids .patch", ".grids .products", ".loupe .products", ".step.pixel"])
        {
            await Assertions.Expect(page.Locator($"#xray {table}")).ToBeInViewportAsync(new() { Ratio = 1 });
        }

        await page.Locator("#xray .grids .taps td").Nth((3 * 13) + 4).HoverAsync();
        await Assertions.Expect(page.Locator("#xray .loupe .taps td").Nth(12)).ToHaveTextAsync("2");
        Assert.InRange(await page.Locator("#xray .loupe .taps td").Nth(12).EvaluateAsync<double>(
            "cell => parseFloat(getComputedStyle(cell).fontSize)"), 10, 40);

        // The wall has its maps in their shape, and uses its width.
        await page.Keyboard.PressAsync("x");
        server.Controls.Preset = Preset.Seed;
        await server.ShowAsync(10);
        foreach ((int width, int height) in ((int, int)[])[(1440, 900), (1280, 600)])
        {
            await page.SetViewportSizeAsync(width, height);
            await page.Keyboard.PressAsync("w");
            await Assertions.Expect(page.Locator("#wall .map canvas")).ToHaveCountAsync(3);
            await Assertions.Expect(page.Locator("#wall .map canvas").Nth(2)).ToBeInViewportAsync(new() { Ratio = 0.95f });
            float[][] boxes = await page.EvaluateAsync<float[][]>(
                "() => [...document.querySelectorAll('#wall .map canvas')].map(map => [map.clientWidth, map.clientHeight])");
            Assert.All(boxes, box => Assert.InRange(box[0] / box[1], 1.74, 1.82));
            float left = (await page.Locator("#wall li").Nth(1).BoundingBoxAsync())!.X;
            Assert.InRange(left / width, 0.48, 0.53);
            await page.Keyboard.PressAsync("w");
        }

        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Type_OfTheTools_GrowsWithTheWindow()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address, 3840, 2160);
        await page.Keyboard.PressAsync("g");
        Assert.InRange(await page.Locator("#shelf .hint").First.EvaluateAsync<double>(
            "part => parseFloat(getComputedStyle(part).fontSize)"), 20, 40);
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
