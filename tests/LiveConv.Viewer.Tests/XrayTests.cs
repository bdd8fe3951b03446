using System.Text.Json;
using System.Text.RegularExpressions;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using LiveConv.TurboJpeg;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class XrayTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task Status_WhileThePageHoldsAnImage_SaysSoAndHasNoFigures()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await Assertions.Expect(page.Locator("#pulse")).ToContainTextAsync("fps");

        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Held");
        await Assertions.Expect(page.Locator("#pulse")).ToBeEmptyAsync();
        await page.Keyboard.PressAsync("x");

        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        await Assertions.Expect(page.Locator("#pulse")).ToContainTextAsync("fps");
    }

    [Theory]
    [InlineData(BorderMode.Mirror, 10, 10)]
    [InlineData(BorderMode.Mirror, 0, 0)]
    [InlineData(BorderMode.Symmetric, 0, 47)]
    [InlineData(BorderMode.Replicate, 63, 0)]
    [InlineData(BorderMode.Wrap, 63, 47)]
    [InlineData(BorderMode.Zero, 0, 0)]
    public async Task Answer_AnyBorder_EqualsAnIndependentComputation(BorderMode border, int x, int y)
    {
        await using TestPage page = await TestPage.StartAsync();
        page.Controls.Preset = new Preset("lopsided", "Lopsided", new FilterBank(
            Operation.Correlation,
            border,
            new Filter(new Kernel(new float[,] { { 1, 2, 3, -4 }, { 5, -6, 7, 8 } })),
            new Filter(new Kernel(new float[,] { { 0.5f, -1.25f }, { 3, 1 }, { -2, 0.75f } }), Response.Offset128, 0.125f)));
        (byte[] vertical, byte[] horizontal) = await page.ShowAsync(6);
        using TestClient client = await TestClient.ConnectAsync(page);
        await client.ImageAsync();
        for (int map = 0; map < 2; map++)
        {
            JsonElement answer = await AskAsync(client, map, x, y);

            Check(answer, page.Luma(6), page.Controls.Preset.Bank!, map, x, y, (map == 0 ? vertical : horizontal)[(y * 64) + x]);
        }
    }

    [Fact]
    public async Task Answer_Convolution_ShowsTheKernelTurned()
    {
        await using TestPage page = await TestPage.StartAsync();
        page.Controls.Preset = new Preset("turned", "Turned", new FilterBank(
            Operation.Convolution,
            BorderMode.Mirror,
            new Filter(new Kernel(new float[,] { { 1, 2 }, { 3, 4 } })),
            new Filter(new Kernel(new float[,] { { 1 } }))));
        await page.ShowAsync(6);
        using TestClient client = await TestClient.ConnectAsync(page);
        await client.ImageAsync();

        JsonElement answer = await AskAsync(client, 0, 5, 5);

        Assert.Equal("[[4,3],[2,1]]", Term(answer).GetProperty("weights").GetRawText());
        Assert.Equal(Sum(Term(answer).GetProperty("products")), answer.GetProperty("result").GetSingle());
    }

    [Fact]
    public async Task Answer_ConvolutionWithAStride_IsStillOneAndIsEditedAsWritten()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);
        await client.TextAsync("state");
        await client.SendAsync("""
            {"edit":{"version":1,"name":"Steps","operation":"convolution","layers":[{"kernels":[{"weights":[[1,2],[3,4]],"anchor":{"x":0,"y":0}},{"weights":[[5]]}],"stride":2}]}}
            """.Trim());
        JsonElement kernels = (await client.TextAsync("state")).GetProperty("kernels");
        await page.ShowAsync(6);
        await client.ImageAsync();

        JsonElement answer = await AskAsync(client, 0, 5, 5);

        Assert.Equal("convolution", answer.GetProperty("operation").GetString());
        Assert.Equal("[[4,3],[2,1]]", Term(answer).GetProperty("weights").GetRawText());
        Assert.Equal("convolution", kernels.GetProperty("operation").GetString());
        Assert.Equal("[[1,2],[3,4]]", kernels.GetProperty("vertical").GetRawText());
        Assert.Equal("""{"x":0,"y":0}""", kernels.GetProperty("verticalAnchor").GetRawText());
    }

    [Theory]
    [InlineData(2, 3, 2, 0, 0)]
    [InlineData(3, 0, 1, 20, 14)]
    [InlineData(1, 2, 3, 60, 44)]
    public async Task Answer_StridePaddingDilation_EqualsTheDefinition(int stride, int padding, int dilation, int x, int y)
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);
        await client.SendAsync($$"""
            {"edit":{"version":1,"name":"Steps","border":"zero","response":"offset128","gain":0.25,"layers":[{"kernels":
            [{"weights":[[1,2],[3,-4],[-5,6]]},{"weights":[[1,1],[1,1],[1,1]]}],"stride":{{stride}},"padding":{{padding}},"dilation":{{dilation}} }] } }
            """.Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal(JsonValueKind.Null, (await client.TextAsync("edited")).GetProperty("refused").ValueKind);
        (byte[] vertical, _) = await page.ShowAsync(6);
        await client.ImageAsync();

        JsonElement answer = await AskAsync(client, 0, x, y);

        byte[] luma = page.Luma(6);
        int[][] weights = [[1, 2], [3, -4], [-5, 6]];
        int sum = 0;
        for (int j = 0; j < 3; j++)
        {
            for (int i = 0; i < 2; i++)
            {
                sum += weights[j][i] * Outside(
                    luma, BorderMode.Zero, (x * stride) - padding + (i * dilation), (y * stride) - padding + (j * dilation));
            }
        }

        JsonElement across = answer.GetProperty("horizontally");
        int width = ((64 + (2 * padding) - dilation - 1) / stride) + 1;
        Assert.Equal(sum, answer.GetProperty("result").GetInt32());
        Assert.Equal(width, across.GetProperty("out").GetInt32());
        Assert.Equal((64 + (2 * padding) - dilation - 1) % stride, across.GetProperty("unused").GetInt32());
        Assert.Equal(vertical[(y * width) + x], answer.GetProperty("shown").GetProperty("value").GetInt32());
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 64, 0)]
    [InlineData(0, 0, -1)]
    public async Task Question_AboutNoPixel_IsRefusedAndHarmsNothing(int map, int x, int y)
    {
        await using TestPage page = await TestPage.StartAsync();
        await page.ShowAsync(6);
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync(Question(map, x, y));
        JsonElement message = await client.TextAsync("xray");

        Assert.Equal(JsonValueKind.Null, message.GetProperty("answer").ValueKind);
        Assert.NotEmpty(message.GetProperty("refused").GetString()!);
    }

    [SkippableFact]
    public async Task Keys_OnThePage_WalkByOneByTenAndToTheEnds()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        (byte[] vertical, _) = await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        await ExpectPlaceAsync(page, 24, 32, vertical);

        (string Key, int Row, int Column)[] steps =
        [
            ("Home", 24, 0), ("ArrowLeft", 24, 0), ("ArrowRight", 24, 1), ("Shift+ArrowRight", 24, 11), ("End", 24, 63), (".", 25, 0),
            (",", 24, 63), ("PageUp", 14, 63), ("PageDown", 24, 63), ("Shift+ArrowDown", 34, 63), ("ArrowUp", 33, 63),
        ];
        foreach ((string key, int row, int column) in steps)
        {
            await page.Keyboard.PressAsync(key);
            await ExpectPlaceAsync(page, row, column, vertical);
        }

        await Assertions.Expect(page.Locator("#xray-said")).ToContainTextAsync($"row 33, column 63: sum ");
        await Assertions.Expect(page.Locator("#xray .equation").First)
            .ToHaveAttributeAsync("aria-label", "columns: ((64 + 2 * 1 - 3) // 1) + 1 = 64");
        await Assertions.Expect(page.Locator("#left figcaption")).ToContainTextAsync("Input");
        await Assertions.Expect(page.Locator("#right .tiles input").First).ToHaveValueAsync("1");
        Assert.Equal("seed", server.Controls.Preset.Id);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Pixel_ClickedAt_IsPinnedWhileThePointerAndTheImagesMoveOn()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        (_, byte[] horizontal) = await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#xray .place")).ToBeVisibleAsync();
        await page.Locator("#xray-map").SelectOptionAsync("Horizontal edges");

        await ClickAtAsync(page, 20, 30);
        await page.Locator("#xray .taps td").First.HoverAsync();
        for (int number = 9; number < 12; number++)
        {
            await server.ShowAsync(number);
        }

        await ExpectPlaceAsync(page, 30, 20, horizontal);
        await Assertions.Expect(page.Locator("#right canvas:not(.stage-map)")).ToHaveAttributeAsync("data-sequence", "8");
        Assert.Equal(horizontal, await UntilAsync(page, "right", horizontal));
        Assert.Equal(server.Luma(8), await UntilAsync(page, "left", server.Luma(8)));

        await page.Keyboard.PressAsync("x");
        await server.ShowAsync(12);
        await Canvas.DrawnAsync(page, 12);
    }

    [SkippableFact]
    public async Task Lens_MovedInAnyWay_IsSaidPolitelyOnce()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        ILocator said = page.Locator("#xray-said");
        await Assertions.Expect(said).ToContainTextAsync("Vertical edges: row 24, column 32: sum ");

        await ClickAtAsync(page, 20, 30);
        await Assertions.Expect(said).ToContainTextAsync("row 30, column 20: sum ");
        await Assertions.Expect(said).Not.ToContainTextAsync("edges");
        await page.Locator("#xray-map").SelectOptionAsync("Horizontal edges");
        await Assertions.Expect(said).ToContainTextAsync("Horizontal edges: row 30, column 20: sum ");
        await page.Locator("#xray-play").ClickAsync();
        // It goes on: on a busy machine a single pixel may be missed.
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync(
            new Regex(@"column (?!2[01]\b)\d"), new() { Timeout = 30_000 });
        await Assertions.Expect(said).ToContainTextAsync("row 30, column 20: sum ");
        await page.Locator("#xray-play").ClickAsync();
        await Assertions.Expect(said).Not.ToContainTextAsync("column 20");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(said).ToBeEmptyAsync();
    }

    [SkippableFact]
    public async Task Stage_ChosenByKey_KeepsTheFocus()
    {
        await using TestPage server = await TestPage.StartAsync();
        server.Controls.Preset = PresetFile.Read(RepositoryFiles.PathOf("presets", "canny.json"));
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        ILocator stage = page.Locator("#xray-stages button").Nth(1);
        await stage.FocusAsync();

        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(stage).ToHaveAttributeAsync("aria-current", "step");
        await Assertions.Expect(page.Locator("#xray-stages [aria-current]")).ToHaveCountAsync(1);
        await Assertions.Expect(stage).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#xray-said")).ToContainTextAsync("map 1 of ");

        // From a cell of the input that another stage has not.
        await page.Locator("#xray .patch [tabindex='0']").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#xray-stages button").First).ToHaveAttributeAsync("aria-current", "step");
        Assert.True(await page.EvaluateAsync<bool>("() => document.getElementById('xray-answer').contains(document.activeElement)"));
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Images_WhereJpegIsSent_AreRawAndEqualToTheNumbersWhileHeld()
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        await using TestPage server = await TestPage.StartAsync(options: new PageOptions { Format = PageFormat.Jpeg });
        (IPage page, _) = await browser.OpenAsync(server.Address);
        (byte[] vertical, _) = await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        Assert.NotEqual(vertical, await Canvas.PixelsAsync(page, "left"));

        await page.Keyboard.PressAsync("x");

        await ExpectPlaceAsync(page, 24, 32, vertical);
        await Assertions.Expect(page.Locator("#third")).ToBeHiddenAsync();
        Assert.Equal(vertical, await UntilAsync(page, "right", vertical));
        Assert.Equal(server.Luma(8), await UntilAsync(page, "left", server.Luma(8)));
    }

    [SkippableFact]
    public async Task Cell_PointedAtOrFocused_IsLitInPatchKernelAndProducts()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        byte[] luma = server.Luma(8);

        await page.Locator("#xray .taps td").Nth(5).HoverAsync();

        await Assertions.Expect(page.Locator("#xray .lit")).ToHaveCountAsync(3);
        int value = luma[(24 * 64) + 33];
        await Assertions.Expect(page.Locator("#xray .patch .lit")).ToHaveTextAsync($"{value}");
        await Assertions.Expect(page.Locator("#xray .readout")).ToHaveTextAsync($"{value} × −1 = −{value}");

        await page.Locator("#xray .patch [tabindex='0']").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        value = luma[(24 * 64) + 31];
        await Assertions.Expect(page.Locator("#xray .products .lit")).ToHaveTextAsync($"{value}");
        await Assertions.Expect(page.Locator("#xray .readout")).ToHaveTextAsync($"{value} × 1 = {value}");
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 24, column 32");
    }

    [SkippableFact]
    public async Task Corner_OfTheMap_HatchesWhatTheBorderAdds()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#xray .place")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#xray .outside")).ToHaveCountAsync(0);

        await ClickAtAsync(page, 0, 0);

        await Assertions.Expect(page.Locator("#xray .within.outside")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator(".lens-lines line").First).ToBeAttachedAsync();
    }

    // Of small kernels, large ones, those over time and stacks.
    [SkippableTheory]
    [InlineData(1024, 768)]
    [InlineData(1280, 720)]
    [InlineData(1440, 900)]
    [InlineData(1920, 1080)]
    public async Task Arithmetic_OfAnyKernel_StandsInOneRowWithThePixelInSight(int width, int height)
    {
        // Patch, kernel and products of each term have one middle, and end before the panel does.
        const string Broken = """
            () => [...document.querySelectorAll("#xray .grids")].filter(grids => {
              const boxes = [...grids.querySelectorAll("table")].map(table => table.getBoundingClientRect());
              const middles = boxes.map(box => (box.top + box.bottom) / 2);
              return Math.max(...middles) - Math.min(...middles) > 20
                || Math.max(...boxes.map(box => box.right)) > document.querySelector("#xray-answer").getBoundingClientRect().right + 1;
            }).length
            """;
        const string IsOneRow = """
            () => {
              const steps = [...document.querySelectorAll("#xray .outcome .chain > *")].map(step => step.getBoundingClientRect());
              return Math.max(...steps.map(step => step.top)) < Math.min(...steps.map(step => step.bottom));
            }
            """;
        await using TestPage server = await TestPage.StartAsync(width: 160, height: 90);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address, width, height);
        int image = 0;
        foreach (string name in (string[])["sobel", "sobel5", "sobel7", "dog", "gabor", "motion-edges", "temporal-16", "canny"])
        {
            server.Controls.Preset = PresetFile.Read(RepositoryFiles.PathOf("presets", name + ".json"));
            int images = name == "temporal-16" ? 17 : 3;
            for (int i = 0; i < images; i++)
            {
                await server.ShowAsync(++image);
                await page.WaitForTimeoutAsync(30);
            }

            await Assertions.Expect(page.Locator("#presets")).ToHaveValueAsync(server.Controls.Preset.Id);
            await page.Keyboard.PressAsync("x");
            await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("Pixel");

            Assert.Equal((name, 0), (name, await page.EvaluateAsync<int>(Broken)));
            // Exact numbers of large kernels may be longer than a narrow panel.
            Assert.True((width < 1100 && name != "motion-edges") || await page.EvaluateAsync<bool>(IsOneRow), name);
            await Assertions.Expect(page.Locator("#xray .outcome .chain")).ToBeInViewportAsync(new() { Ratio = 1 });
            await Assertions.Expect(page.Locator("#xray .outcome .chain .step").Last).ToBeInViewportAsync(new() { Ratio = 1 });
            await page.Keyboard.PressAsync("x");
        }

        Assert.Empty(complaints);
    }

    // The cells have numbers of one map: a line from the window on another one would say that these were its pixels.
    [SkippableFact]
    public async Task Lines_OfAStack_JoinThePatchWithTheMapThatItIsOf()
    {
        // Which drawn window the first line begins at: its corner is the line's.
        const string JoinedWith = """
            () => {
              const line = document.querySelector(".lens-lines line");
              return [...document.querySelectorAll(".marks .window")].filter(mark => mark.checkVisibility()).filter(mark => {
                const box = mark.getBoundingClientRect();
                const [x, y] = [line?.getAttribute("x1"), line?.getAttribute("y1")].map(Number);
                return line && Math.abs(y - box.top) < 1 && Math.abs(x - box.right) < 1;
              }).map(mark => mark.closest("figure")?.id ?? mark.closest(".map")?.ariaLabel ?? "enlarged").join();
            }
            """;
        await using TestPage server = await TestPage.StartAsync();
        server.Controls.Preset = PresetFile.Read(RepositoryFiles.PathOf("presets", "canny.json"));
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        ILocator stages = page.Locator("#xray-stages button");

        // What the first stage reads are the input's pixels.
        await stages.First.ClickAsync();
        await Assertions.Expect(page.Locator("#xray .patch caption").First).ToHaveTextAsync("Input");
        await JoinsAsync("left");
        await stages.Nth(1).ClickAsync();
        await Assertions.Expect(page.Locator("#xray .patch caption").First).ToHaveTextAsync("Map before");
        await JoinsAsync("");

        // On the wall the map before is shown.
        await page.Keyboard.PressAsync("w");
        await JoinsAsync("Enlarge map 1 of Convolution");
        await page.GetByLabel("Enlarge map 1 of Convolution").First.ClickAsync();
        await JoinsAsync("enlarged");
        await page.GetByRole(AriaRole.Button, new() { Name = "All layers" }).ClickAsync();
        await stages.First.ClickAsync();
        await JoinsAsync("Enlarge map 1 of Input");
        await page.GetByLabel("Enlarge map 1 of Thinning").ClickAsync();
        await JoinsAsync("");
        await page.Keyboard.PressAsync("w");
        await JoinsAsync("left");
        Assert.Empty(complaints);

        async Task JoinsAsync(string map) => await page.WaitForFunctionAsync($"map => ({JoinedWith})() === map", map);
    }

    [SkippableFact]
    public async Task Play_OnThePage_MovesPixelByPixelAndBeginsAnewAtTheEnd()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        await ClickAtAsync(page, 62, 47);
        await page.Locator("#xray-speed").SelectOptionAsync("10 a second");

        await page.Locator("#xray-play").ClickAsync();

        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync("row 0, column", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("#right .veil").First).ToBeAttachedAsync();
        await page.Locator("#xray-play").ClickAsync();
        await Assertions.Expect(page.Locator("#right .veil")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Preset_ChangedWhileHeld_ShowsInTheHeldNumbersAtThePlaceInTheNewMap()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        await ClickAtAsync(page, 60, 40);
        using TestClient other = await TestClient.ConnectAsync(server);

        await other.SendAsync(
            """{"edit":{"version":1,"name":"Fourths","layers":[{"kernels":[{"weights":[[1]]},{"weights":[[1]]}],"stride":4}]}}""");
        await other.TextAsync("edited");
        (byte[] vertical, _) = await server.ShowAsync(9);

        await Assertions.Expect(page.Locator("#xray .place")).ToHaveTextAsync($"Pixel [row 11, column 15] = {vertical[^1]}");
    }

    // Of the left map, of 64x48.
    private static Task ExpectPlaceAsync(IPage page, int row, int column, byte[] map) => Assertions.Expect(page.Locator("#xray .place"))
        .ToHaveTextAsync($"Pixel [row {row}, column {column}] = {map[(row * 64) + column]}");

    // At a pixel of the map that the X-ray looks at, of 64x48.
    private static async Task ClickAtAsync(IPage page, int x, int y)
    {
        await Assertions.Expect(page.Locator("#xray .place")).ToBeVisibleAsync();
        LocatorBoundingBoxResult box = (await page.Locator("#right canvas:not(.stage-map)").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + (box.Width * (x + 0.5f) / 64), box.Y + (box.Height * (y + 0.5f) / 48));
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync($"row {y}, column {x}");
    }

    // The raw image may be a moment later than the numbers.
    private static async Task<byte[]> UntilAsync(IPage page, string figure, byte[] wanted)
    {
        byte[] pixels = await Canvas.PixelsAsync(page, figure);
        for (int i = 0; i < 300 && !pixels.AsSpan().SequenceEqual(wanted); i++)
        {
            await page.WaitForTimeoutAsync(50);
            pixels = await Canvas.PixelsAsync(page, figure);
        }

        return pixels;
    }

    private static string Question(int map, int x, int y) => $$"""{"xray":{"map":{{map}},"x":{{x}},"y":{{y}} } }""";

    private static async Task<JsonElement> AskAsync(TestClient client, int map, int x, int y)
    {
        await client.SendAsync(Question(map, x, y));
        return (await client.TextAsync("xray")).GetProperty("answer");
    }

    private static void Check(JsonElement answer, byte[] luma, FilterBank bank, int map, int x, int y, byte pixel)
    {
        Kernel kernel = bank.Filters[map].Kernel;
        double sum = 0;
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                int value = Outside(luma, bank.Border, x + i - (kernel.Width / 2), y + j - (kernel.Height / 2));
                Assert.Equal(value, Term(answer).GetProperty("window")[j][i].GetInt32());
                Assert.Equal(value * kernel[j, i], Term(answer).GetProperty("products")[j][i].GetSingle());
                sum += value * kernel[j, i];
            }
        }

        Assert.Equal(sum, answer.GetProperty("result").GetDouble());
        Assert.Equal(pixel, answer.GetProperty("shown").GetProperty("value").GetInt32());
    }

    // Written from the drawings cb|abcd|cb and so on, for one step outside at most.
    private static int Outside(byte[] luma, BorderMode border, int x, int y)
    {
        int column = Fold(x, 64, border);
        int row = Fold(y, 48, border);
        return column < 0 || row < 0 ? 0 : luma[(row * 64) + column];
    }

    private static int Fold(int at, int length, BorderMode border)
    {
        if (at >= 0 && at < length)
        {
            return at;
        }

        int over = at < 0 ? -at : at - length + 1;
        bool isBefore = at < 0;
        return border switch
        {
            BorderMode.Mirror => isBefore ? over : length - 1 - over,
            BorderMode.Symmetric => isBefore ? over - 1 : length - over,
            BorderMode.Replicate => isBefore ? 0 : length - 1,
            BorderMode.Wrap => isBefore ? length - over : over - 1,
            _ => -1,
        };
    }

    private static JsonElement Term(JsonElement answer) => Assert.Single(answer.GetProperty("terms").EnumerateArray());

    private static float Sum(JsonElement rows) =>
        rows.EnumerateArray().SelectMany(row => row.EnumerateArray()).Sum(value => value.GetSingle());
}
