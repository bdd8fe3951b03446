using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>The images and their kernels, as large as the window allows.</summary>
public sealed class StageTests(Browser browser) : IClassFixture<Browser>
{
    private const string Share = """
        () => [...document.querySelectorAll("canvas")].filter(canvas => canvas.checkVisibility())
          .map(canvas => canvas.getBoundingClientRect())
          .map(box => Math.max(0, Math.min(box.right, innerWidth) - Math.max(0, box.left))
            * Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(0, box.top)))
          .reduce((sum, area) => sum + area, 0) / innerWidth / innerHeight
        """;

    private const string Meet = """
        (selector, others) => [...document.querySelectorAll(selector)].filter(part => part.checkVisibility()).filter(part => {
          const box = part.getBoundingClientRect();
          return [...document.querySelectorAll(others)].filter(other => other.checkVisibility())
            .map(other => other.getBoundingClientRect())
            .some(other => other.width > 0 && Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1
              && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1);
        }).map(part => part.id || part.tagName)
        """;

    private const string OnMaps = $"selector => ({Meet})(selector, 'main > figure canvas')";

    private const string OnNotices = $"selector => ({Meet})(selector, '#notices p')";

    private const string Boxes =
        "() => JSON.stringify([...document.querySelectorAll('canvas')].map(canvas => canvas.getBoundingClientRect()))";

    [SkippableTheory]
    [InlineData(1440, 900, 0.85)]
    [InlineData(1920, 1080, 0.85)]
    [InlineData(1280, 600, 0.7)]
    [InlineData(1024, 768, 0.6)]
    [InlineData(720, 450, 0.6)]
    [InlineData(844, 390, 0.55)]
    [InlineData(390, 844, 0.2)]
    [InlineData(768, 1024, 0.35)]
    public async Task Images_OfAWideSource_FillTheWindow(int width, int height, double min)
    {
        await using TestPage server = await TestPage.StartAsync(width: 160, height: 90);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address, width, height);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await Canvas.SettledAsync(page);

        Assert.InRange(await page.EvaluateAsync<double>(Share), min, 1);
        Assert.Empty(complaints);
    }

    // In this shape two equal rows would leave a third of a wide window empty.
    [SkippableTheory]
    [InlineData(1440, 900, 0.85)]
    [InlineData(1920, 1080, 0.8)]
    [InlineData(1280, 600, 0.7)]
    [InlineData(1024, 768, 0.8)]
    [InlineData(720, 450, 0.7)]
    [InlineData(844, 390, 0.65)]
    [InlineData(390, 844, 0.3)]
    [InlineData(768, 1024, 0.5)]
    public async Task Images_OfACamera_FillTheWindowToo(int width, int height, double min)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address, width, height);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await Canvas.SettledAsync(page);

        Assert.InRange(await page.EvaluateAsync<double>(Share), min, 1);
        Assert.Empty(await page.EvaluateAsync<string[]>(OnMaps, "header, footer"));
        await Assertions.Expect(page.Locator("#presets")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(page.Locator("#status")).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Empty(complaints);
    }

    // With a name of two words, several pages, and images that come seldom at first and often then.
    [SkippableTheory]
    [InlineData(320, 640)]
    [InlineData(390, 844)]
    [InlineData(768, 1024)]
    public async Task Header_OfAWindowThatIsHigherThanWide_IsNotCutAndStandsStill(int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address, width, height);
        using TestClient other = await TestClient.ConnectAsync(server);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        ILocator pulse = page.Locator("#pulse");
        await Assertions.Expect(pulse).ToContainTextAsync("2 pages");
        float before = (await page.Locator("#status").BoundingBoxAsync())!.X;

        for (int number = 4; number < 70; number++)
        {
            await server.ShowAsync(number);
            await page.WaitForTimeoutAsync(30);
            Assert.Equal(before, (await page.Locator("#status").BoundingBoxAsync())!.X, 0.6);
        }

        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("header *")]
              .filter(part => part.checkVisibility() && !part.closest(".hidden, option, optgroup"))
              .filter(part => part.getBoundingClientRect().right > innerWidth
                || part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1)
              .map(part => part.id || part.tagName)
            """));
        if (width >= 390)
        {
            // The preset's name is whole: as wide as it is written in a select of its own.
            float[] widths = await page.EvaluateAsync<float[]>("""
                () => {
                  const [shown, copy] = [document.getElementById("presets"), document.createElement("select")];
                  copy.append(new Option(shown.selectedOptions[0].text));
                  copy.style.cssText = "width: auto; position: fixed; padding-inline: 6px";
                  shown.parentElement.append(copy);
                  const widths = [shown, copy].map(each => each.offsetWidth);
                  copy.remove();
                  return widths;
                }
                """);
            Assert.InRange(widths[0], widths[1], width);
        }
    }

    [SkippableFact]
    public async Task Images_OfATallCamera_StandInARow()
    {
        await using TestPage server = await TestPage.StartAsync(width: 36, height: 64);
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await Canvas.SettledAsync(page);

        Assert.InRange(await page.EvaluateAsync<double>(Share), 0.6, 1);
    }

    [SkippableTheory]
    [InlineData(844, 390)]
    [InlineData(720, 450)]
    [InlineData(390, 844)]
    public async Task Statistics_InASmallWindow_LeaveTheImages(int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync(width: 160, height: 90);
        (IPage page, _) = await browser.OpenAsync(server.Address, width, height);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        await page.Keyboard.PressAsync("i");
        await Assertions.Expect(page.Locator("#figures-now dl").First).ToBeVisibleAsync();
        await Canvas.SettledAsync(page);

        Assert.InRange(await page.EvaluateAsync<double>(Share), 0.2, 1);
        Assert.Equal("auto", await page.Locator("#statistics").EvaluateAsync<string>("part => getComputedStyle(part).overflowY"));
    }

    [SkippableTheory]
    [InlineData(1440, 900)]
    [InlineData(1280, 600)]
    [InlineData(844, 390)]
    public async Task Captions_StandBesideTheKernels(int width, int height)
    {
        const string Meeting = """
            () => [...document.querySelectorAll("main > figure:not([hidden])")].filter(figure => {
              const [caption, tiles] = ["figcaption", ".tiles:not([hidden])"]
                .map(part => figure.querySelector(part)?.getBoundingClientRect());
              return tiles && caption.right > tiles.left && caption.bottom > tiles.top;
            }).map(figure => figure.id)
            """;
        var weights = new float[5, 5];
        weights[2, 2] = -20;
        var kernel = new Filter(new Kernel(weights));
        await using TestPage server = await TestPage.StartAsync();
        server.Controls.Preset = new Preset("five", "Five", new FilterBank(Operation.Correlation, BorderMode.Mirror, kernel, kernel))
        {
            Vertical = new MapCaption("A title of several words", "A sentence that needs the whole width of a map, and more of it."),
        };
        (IPage page, _) = await browser.OpenAsync(server.Address, width, height);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await Assertions.Expect(page.Locator("#left .tiles input")).ToHaveCountAsync(25);

        foreach (string view in (string[])["a", "v", "j"])
        {
            await page.Keyboard.PressAsync(view);
            Assert.Empty(await page.EvaluateAsync<string[]>(Meeting));
        }
    }

    [SkippableFact]
    public async Task Kernel_TooLargeForTiles_IsAnImageThatOpensTheEditor()
    {
        await using TestPage server = await TestPage.StartAsync(
            options: new PageOptions { Format = PageFormat.Raw, Listen = System.Net.IPAddress.Loopback });
        var weights = new float[9, 11];
        (weights[4, 4], weights[4, 6]) = (-1, 2);
        server.Controls.Preset = new Preset("large", "Large", new FilterBank(
            Operation.Correlation, BorderMode.Mirror, new Filter(new Kernel(weights)), TestPage.Sobel.Bank!.Filters[1]));
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);

        ILocator button = page.Locator("#left .kernel-button");
        await Assertions.Expect(button).ToHaveTextAsync("11x9");
        await Assertions.Expect(button.Locator("rect")).ToHaveCountAsync(99);
        await Assertions.Expect(button.Locator(".positive")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#right .kernel-button")).ToBeHiddenAsync();
        await button.ClickAsync();
        await Assertions.Expect(page.Locator("#editor")).ToBeVisibleAsync();

        (page, _) = await browser.OpenAsync(server.Addresses.Guest);
        await page.Locator("#left .kernel-button").ClickAsync();
        await Assertions.Expect(page.Locator("#xray")).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Map_OfSeveralLayers_HasTheWayToThem()
    {
        await using TestPage server = await TestPage.StartAsync();
        server.Controls.Preset = PresetFile.Read(RepositoryFiles.PathOf("presets", "canny.json"));
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);

        await page.Locator("#right .kernel-button").ClickAsync();

        await Assertions.Expect(page.Locator("#wall")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#third .kernel-button")).ToHaveCountAsync(0);
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData(1440, 900)]
    [InlineData(844, 390)]
    [InlineData(390, 844)]
    public async Task Notices_CoverNeitherTheMicroscopesButtonsNorTheLesson(int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync(options: new() { Lessons = GuideTests.Shipped });
        (IPage page, _) = await browser.OpenAsync(server.Address, width, height);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("#microscope-step .sum")).ToBeAttachedAsync();
        for (int i = 0; i < 3; i++)
        {
            server.Notices.Warn($"notice {i}");
        }

        await Assertions.Expect(page.Locator("#notices p")).ToHaveCountAsync(3);
        Assert.Empty(await page.EvaluateAsync<string[]>(OnNotices, "#microscope-play-bar"));
        await page.Keyboard.PressAsync("u");
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page.Locator("#guide-answers button").First).ToBeVisibleAsync();
        Assert.Empty(await page.EvaluateAsync<string[]>(OnNotices, "#guide, header, footer"));
    }

    [SkippableFact]
    public async Task FourPanes_ShowTheInputAndBothTogetherAboveTheMaps()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        (byte[] vertical, byte[] horizontal) = await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        Assert.Equal(vertical, await Canvas.PixelsAsync(page, "left"));
        Assert.Equal(horizontal, await Canvas.PixelsAsync(page, "right"));
        Assert.Equal(server.Luma(3), await Canvas.PixelsAsync(page, "third"));
        byte[] both = await Canvas.PixelsAsync(page, "fourth");
        Assert.All(both.Zip(vertical, horizontal), pixel =>
            Assert.InRange(pixel.First, Length(pixel.Second, pixel.Third) - 1, Length(pixel.Second, pixel.Third) + 1));
        LocatorBoundingBoxResult input = (await page.Locator("#third").BoundingBoxAsync())!;
        LocatorBoundingBoxResult left = (await page.Locator("#left").BoundingBoxAsync())!;
        Assert.True(input.Y + input.Height <= left.Y);
        Assert.Equal(input.X, left.X);
    }

    [SkippableFact]
    public async Task Captions_ArePresetsOwn()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#left .title")).ToHaveTextAsync("Vertical edges");

        server.Controls.Preset = new Preset("blur", "Blur", TestPage.Sobel.Bank!)
        {
            Vertical = new MapCaption("Box blur", "The mean of its neighbours."),
            Horizontal = new MapCaption("Gaussian blur"),
        };

        await Assertions.Expect(page.Locator("#left .title")).ToHaveTextAsync("Box blur");
        await Assertions.Expect(page.Locator("#left .text")).ToHaveTextAsync("The mean of its neighbours.");
        await Assertions.Expect(page.Locator("#right .title")).ToHaveTextAsync("Gaussian blur");
        await Assertions.Expect(page.Locator("#left canvas")).ToHaveAttributeAsync("aria-label", "Box blur, live");
    }

    [SkippableFact]
    public async Task Tile_TypedWheeledAndStepped_ChangesTheKernelInPlace()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        ILocator tile = page.Locator("#left .tiles input").Nth(4);
        await Assertions.Expect(tile).ToHaveValueAsync("0");

        await tile.FillAsync("-");
        await Assertions.Expect(tile).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Equal("seed", server.Controls.Preset.Id);
        await tile.FillAsync("-2");
        await UntilWeightAsync(page, server, -2);
        await Assertions.Expect(tile).ToHaveClassAsync("negative");
        await tile.HoverAsync();
        await page.Mouse.WheelAsync(0, -100);
        await UntilWeightAsync(page, server, -1);
        await page.Locator("#left .tiles .steps button").Nth(2).ClickAsync();
        await UntilWeightAsync(page, server, 0);
        await tile.FillAsync("3");
        await UntilWeightAsync(page, server, 3);
        await page.Locator("#left .tiles .steps button").Nth(1).ClickAsync();
        await UntilWeightAsync(page, server, -3);
        Assert.Empty(complaints);
    }

    // Whatever the map behind them is, and beside a weight of twenty.
    [SkippableFact]
    public async Task Tiles_OfSmallWeights_AreOpaqueAndInTheirColours()
    {
        const string Colours = """
            () => [...document.querySelectorAll("#left .tiles input")].map(tile => {
              const context = new OffscreenCanvas(1, 1).getContext("2d");
              context.fillStyle = getComputedStyle(tile).backgroundColor;
              context.fillRect(0, 0, 1, 1);
              return [...context.getImageData(0, 0, 1, 1).data];
            })
            """;
        await using TestPage server = await TestPage.StartAsync();
        var kernel = new Filter(new Kernel(new float[,] { { 1, 0, -1 }, { 0, -20, 0 }, { -1, 0, 1 } }));
        server.Controls.Preset = new Preset("small", "Small", new FilterBank(Operation.Correlation, BorderMode.Mirror, kernel, kernel));
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#left .tiles input").Nth(4)).ToHaveValueAsync("-20");

        int[][] colours = await page.EvaluateAsync<int[][]>(Colours);

        Assert.All(colours, colour => Assert.Equal(255, colour[3]));
        Assert.InRange(colours[0].Zip(colours[2], (one, other) => Math.Abs(one - other)).Sum(), 60, 765);
    }

    [SkippableFact]
    public async Task Tiles_OfAGuest_CannotBeChanged()
    {
        var options = new PageOptions { Format = PageFormat.Raw, Listen = System.Net.IPAddress.Loopback };
        await using TestPage server = await TestPage.StartAsync(options: options);
        (IPage page, _) = await browser.OpenAsync(server.Addresses.Guest);

        await Assertions.Expect(page.Locator("#left .tiles input").First).ToHaveJSPropertyAsync("readOnly", true);
    }

    [SkippableFact]
    public async Task View_Chosen_IsRememberedByTheBrowser()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("Right map");

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("Right map");
    }

    [SkippableFact]
    public async Task Notices_Coming_MoveNothing()
    {
        await using TestPage server = await TestPage.StartAsync(width: 160, height: 90);
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        string before = await page.EvaluateAsync<string>(Boxes);

        for (int i = 0; i < 3; i++)
        {
            server.Notices.Warn($"notice {i}, long enough to be more than a line in every window that anybody has");
        }

        await Assertions.Expect(page.Locator("#notices p")).ToHaveCountAsync(3);
        Assert.Equal(before, await page.EvaluateAsync<string>(Boxes));
    }

    [SkippableTheory]
    [InlineData(1440, 900)]
    [InlineData(1280, 600)]
    [InlineData(844, 390)]
    [InlineData(390, 844)]
    public async Task Layout_WhileImagesAndNoticesCome_HardlyShifts(int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync(width: 160, height: 90);
        server.Source = server.Source with { Granted = new SourceMode(160, 90, 30, "GRAY8") };
        (IPage page, _) = await browser.OpenAsync(null, width, height);
        await page.AddInitScriptAsync("""
            window.shift = 0;
            window.shifts = [];
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
              window.shift += entry.value;
              window.shifts.push([entry.value, ...entry.sources.map(({ node, previousRect, currentRect }) => `${node?.id || node?.parentElement?.id}:`
                + [previousRect, currentRect].map(({ x, y, width, height }) => [x, y, width, height].map(Math.round)).join(" to "))].join(" "));
            })).observe({ type: "layout-shift", buffered: true });
            """);
        await page.GotoAsync(server.Address.AbsoluteUri);
        for (int image = 1; image <= 3; image++)
        {
            await server.ShowAsync(image);
            await Canvas.DrawnAsync(page, image);
            server.Notices.Warn($"notice {image}, long enough to be more than a line in every window that anybody has");
        }

        await Assertions.Expect(page.Locator("#notices p")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("#pulse")).ToContainTextAsync("fps");

        double shift = await page.EvaluateAsync<double>("() => window.shift");
        Assert.True(shift < 0.05, $"{shift}: {string.Join('\n', await page.EvaluateAsync<string[]>("() => window.shifts"))}");
    }

    private static double Length(byte x, byte y) => Math.Min(255, Math.Sqrt((x * x) + (y * y)));

    private static async Task UntilWeightAsync(IPage page, TestPage server, float expected)
    {
        DateTime end = DateTime.UtcNow.AddSeconds(30);
        while (server.Controls.Preset.Bank!.Filters[0].Kernel[1, 1] != expected)
        {
            Assert.True(DateTime.UtcNow < end, $"the weight is {server.Controls.Preset.Bank.Filters[0].Kernel[1, 1]}");
            await page.WaitForTimeoutAsync(50);
        }
    }
}
