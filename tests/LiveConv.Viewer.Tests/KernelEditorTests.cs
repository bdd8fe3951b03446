using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class KernelEditorTests(Browser browser) : IClassFixture<Browser>
{
    private const string FirstWeight = "#editor-kernels fieldset:first-child td input >> nth=0";

    [SkippableFact]
    public async Task Weight_Typed_IsLiveWithTheNextFrame()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await OpenEditorAsync(server);

        await page.Locator(FirstWeight).FillAsync("5");
        await UntilWeightAsync(page, server, 5);

        (byte[] vertical, _) = await server.ShowAsync(4);
        await Canvas.DrawnAsync(page, 4);
        Assert.Equal(vertical, await Canvas.PixelsAsync(page, "left"));
        await Assertions.Expect(page).ToHaveTitleAsync("Edited Seed edges – LiveConv");
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("1e99")]
    [InlineData("NaN")]
    public async Task BadWeight_Typed_MarksTheCellAndLeavesTheKernel(string typed)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);

        await page.Locator(FirstWeight).FillAsync(typed);

        await Assertions.Expect(page.Locator(FirstWeight)).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Equal("seed", server.Controls.Preset.Id);
    }

    [SkippableTheory]
    [InlineData("Transpose", new float[] { 1, 1, 1, 0, 0, 0, -1, -1, -1 })]
    [InlineData("Rotate 90°", new float[] { 1, 1, 1, 0, 0, 0, -1, -1, -1 })]
    [InlineData("Rotate 45°", new float[] { 1, 1, 0, 1, 0, -1, 0, -1, -1 })]
    [InlineData("Flip ↔", new float[] { -1, 0, 1, -1, 0, 1, -1, 0, 1 })]
    [InlineData("Flip ↕", new float[] { 1, 0, -1, 1, 0, -1, 1, 0, -1 })]
    [InlineData("Negate", new float[] { -1, 0, 1, -1, 0, 1, -1, 0, 1 })]
    [InlineData("Normalise", new float[] { 0.333333f, 0, -0.333333f, 0.333333f, 0, -0.333333f, 0.333333f, 0, -0.333333f })]
    public async Task Button_OnTheSeedsKernel_Gives(string button, float[] expected)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);

        await page.Locator("#editor-kernels fieldset:first-child").GetByText(button, new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Edited Seed edges – LiveConv");

        Assert.Equal(expected, server.Controls.Preset.Bank!.Filters[0].Kernel.Weights.ToArray());
    }

    [SkippableTheory]
    [InlineData("[[1, 2], [3, 4]]", 2, new float[] { 1, 2, 3, 4 })]
    [InlineData("array([[1., 2.],\n       [3., 4.]])", 2, new float[] { 1, 2, 3, 4 })]
    [InlineData("3x1+1+0: 1,nan,-1", 3, new float[] { -1, 0, 1 })]
    [InlineData(
        "np.array([[1,2,1],[2,4,2],[1,2,1]])/16", 3,
        new float[] { 0.0625f, 0.125f, 0.0625f, 0.125f, 0.25f, 0.125f, 0.0625f, 0.125f, 0.0625f })]
    [InlineData("1/2*[[1, 2], [3, 4]]", 2, new float[] { 0.5f, 1, 1.5f, 2 })]
    [InlineData("[[ 1.  0.]\n [ 2. -1.]]", 2, new float[] { 1, 0, 2, -1 })]
    [InlineData("convolution=0m='0 1 0 1 -4 1 0 1 5':0rdiv=1:0bias=128", 3, new float[] { 0, 1, 0, 1, -4, 1, 0, 1, 5 })]
    [InlineData("convolution=0m='1 2 1':0mode=row", 3, new float[] { 0.25f, 0.5f, 0.25f })]
    [InlineData("kernel = [1 0 -1; 2 0 -2; 1 0 -1];", 3, new float[] { 1, 0, -1, 2, 0, -2, 1, 0, -1 })]
    [InlineData("cv::Mat k = (cv::Mat_<float>(2, 2) << 1, 2, 3, 4);", 2, new float[] { 1, 2, 3, 4 })]
    [InlineData("Sobel:180", 3, new float[] { 1, 0, -1, 2, 0, -2, 1, 0, -1 })]
    [InlineData("1 2 3 4 5 6 7 8 9", 3, new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    public async Task Text_Pasted_BecomesTheKernel(string text, int width, float[] expected)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        ILocator kernel = page.Locator("#editor-kernels fieldset:first-child");
        await kernel.Locator("summary").ClickAsync();

        await kernel.Locator("textarea").FillAsync(text);
        await kernel.GetByText("Use this text").ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Edited Seed edges – LiveConv");

        Assert.Equal(width, server.Controls.Preset.Bank!.Filters[0].Kernel.Width);
        Assert.Equal(expected, server.Controls.Preset.Bank!.Filters[0].Kernel.Weights.ToArray());
    }

    [SkippableTheory]
    [InlineData("[[1, 2, 3] x")]
    [InlineData("hello [1 2 3] world [4 5 6]")]
    [InlineData("[[1,,2]]")]
    [InlineData("[[1, 2], [3]]")]
    [InlineData("[[1, 2]] / 0")]
    [InlineData("2x2+2+0: 1,2 3,4")]
    [InlineData("convolution=0m='1 2 3 4'x")]
    public async Task Text_NotWhollyAKernel_IsRefusedAndChangesNothing(string text)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await OpenEditorAsync(server);
        ILocator kernel = page.Locator("#editor-kernels fieldset:first-child");
        await kernel.Locator("summary").ClickAsync();

        await kernel.Locator("textarea").FillAsync(text);
        await kernel.GetByText("Use this text").ClickAsync();

        await Assertions.Expect(kernel.Locator(".fault")).Not.ToBeEmptyAsync();
        Assert.Equal("seed", server.Controls.Preset.Id);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Text_PastedWithABias_ReportsThatItIsIgnored()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        ILocator kernel = page.Locator("#editor-kernels fieldset:first-child");
        await kernel.Locator("summary").ClickAsync();

        await kernel.Locator("textarea").FillAsync("convolution=0m='0 1 0 1 -4 1 0 1 0':0rdiv=1:0bias=50");
        await kernel.GetByText("Use this text").ClickAsync();

        await Assertions.Expect(kernel.Locator(".fault")).ToContainTextAsync("adds 50 to the pixels");
    }

    [SkippableTheory]
    [InlineData("correlation", new float[] { 6, 5, 4, 3, 2, 1 }, 2, 0)]
    [InlineData("convolution", new float[] { 1, 2, 3, 4, 5, 6 }, 0, 1)]
    public async Task ImageMagicksKernel_PastedAndCopied_IsForItsConvolveAndKeepsItsOrigin(string operation, float[] expected, int x, int y)
    {
        const string Text = "3x2+0+1: 1,2,3 4,5,6";
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await OpenEditorAsync(server);
        ILocator kernel = page.Locator("#editor-kernels fieldset:first-child");
        await kernel.Locator("summary").ClickAsync();
        await page.Locator("#editor-operation").SelectOptionAsync(operation);

        await kernel.Locator("textarea").FillAsync(Text);
        await kernel.GetByText("Use this text").ClickAsync();
        ILocator second = page.Locator("#editor-kernels fieldset:first-child td input >> nth=1");
        await Assertions.Expect(second).ToHaveValueAsync($"{expected[1]}");
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#editor-save").ClickAsync());
        using JsonDocument saved = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync()));
        await kernel.GetByText("Copy as ImageMagick").ClickAsync();

        JsonElement written = saved.RootElement.GetProperty("layers")[0].GetProperty("kernels")[0];
        Assert.Equal(
            expected, written.GetProperty("weights").EnumerateArray().SelectMany(row => row.EnumerateArray())
            .Select(weight => weight.GetSingle()));
        Assert.Equal(
            (x, y), (written.GetProperty("anchor").GetProperty("x").GetInt32(), written.GetProperty("anchor").GetProperty("y").GetInt32()));
        await Assertions.Expect(kernel.Locator("textarea")).ToHaveValueAsync(Text);
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData("32")]
    [InlineData("0")]
    public async Task Size_OutOfRange_IsMarkedAndSaid(string rows)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        ILocator kernel = page.Locator("#editor-kernels fieldset:first-child");
        ILocator field = kernel.GetByLabel("Rows");

        await field.FillAsync(rows);
        await field.PressAsync("Enter");

        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(kernel.Locator(".fault")).ToContainTextAsync("1 to 31 rows");
        await field.FillAsync("2");
        await field.PressAsync("Enter");
        await Assertions.Expect(field).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(kernel.Locator(".fault")).ToBeEmptyAsync();
    }

    [SkippableFact]
    public async Task Facts_OfAZeroSumKernel_FollowTheResponse()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        ILocator facts = page.Locator("#editor-kernels fieldset:first-child .facts");
        await Assertions.Expect(facts).ToContainTextAsync("flat areas are black");

        await page.Locator("#editor-response").SelectOptionAsync("offset128");

        await Assertions.Expect(facts).ToContainTextAsync("flat areas are grey");
    }

    [SkippableTheory]
    [InlineData("JSON / numpy", "[[1, 0, -1], [1, 0, -1], [1, 0, -1]]")]
    [InlineData("ImageMagick", "3x3+1+1: -1,0,1 -1,0,1 -1,0,1")]
    public async Task Kernel_Copied_ReadsAs(string format, string expected)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        ILocator kernel = page.Locator("#editor-kernels fieldset:first-child");
        await kernel.Locator("summary").ClickAsync();

        await kernel.GetByText($"Copy as {format}").ClickAsync();

        await Assertions.Expect(kernel.Locator("textarea")).ToHaveValueAsync(expected);
    }

    [SkippableFact]
    public async Task UndoAndReset_AfterEdits_GoBack()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        await page.Locator(FirstWeight).FillAsync("5");
        await page.Locator(FirstWeight).FillAsync("7");
        await UntilWeightAsync(page, server, 7);

        await page.Locator("#editor-undo").ClickAsync();
        await UntilWeightAsync(page, server, 5);
        await page.Locator("#editor-reset").ClickAsync();
        await UntilWeightAsync(page, server, 1);

        // Nothing of the edit is left, so there is none.
        await Assertions.Expect(page).ToHaveTitleAsync("Seed edges – LiveConv");
        await page.Locator(FirstWeight).FillAsync("5");
        await Assertions.Expect(page).ToHaveTitleAsync("Edited Seed edges – LiveConv");
        await page.Locator("#editor-undo").ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Seed edges – LiveConv");
        Assert.Equal("seed", server.Controls.Preset.Id);
    }

    [SkippableFact]
    public async Task Titles_OfKernelsAndWeights_AreThePresetsOwn()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await OpenEditorAsync(server);

        server.Controls.Preset =
            new Preset("own", "Own", TestPage.Sobel.Bank!) { Vertical = new("Steep", "Up."), Horizontal = new("Flat", "Down.") };

        await Assertions.Expect(page.Locator("#editor-kernels legend")).ToHaveTextAsync(["Steep", "Flat"]);
        await Assertions.Expect(page.Locator("#learning-map option")).ToHaveTextAsync(["Steep", "Flat"]);
        await Assertions.Expect(page.Locator("#editor").GetByLabel("Steep: weight, row 0, column 0")).ToHaveValueAsync("-1");
        await Assertions.Expect(page.Locator("#right .tiles").GetByLabel("Flat: weight, row 2, column 1")).ToHaveValueAsync("2");

        // Layers, which an edit with steps is, have no titles of themselves.
        await page.Locator("#editor-stride").FillAsync("2");
        await Assertions.Expect(page).ToHaveTitleAsync("Edited Own – LiveConv");
        await Assertions.Expect(page.Locator("#editor-kernels legend")).ToHaveTextAsync(["Steep", "Flat"]);
        server.Controls.Preset = TestPage.Sobel;
        await Assertions.Expect(page.Locator("#editor-kernels legend")).ToHaveTextAsync(["Vertical edges", "Horizontal edges"]);
        await page.Locator("#editor-stride").FillAsync("2");
        await Assertions.Expect(page).ToHaveTitleAsync("Edited Sobel – LiveConv");
        await Assertions.Expect(page.Locator("#editor-kernels legend")).ToHaveTextAsync(["Vertical edges", "Horizontal edges"]);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Wheel_InSmallTurns_AddsUpToOneStep_InTheTilesToo()
    {
        const string Turn = """
            (tile, by) => by.forEach(deltaY => tile.dispatchEvent(new WheelEvent("wheel", { deltaY, bubbles: true, cancelable: true })))
            """;
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        foreach (string place in (string[])["#left .tiles input", "#editor-kernels td input"])
        {
            ILocator weight = page.Locator(place).First;
            await weight.FillAsync("1");
            await weight.EvaluateAsync(Turn, (double[])[-10, -10, -10, -10]);
            await Assertions.Expect(weight).ToHaveValueAsync("1");
            await weight.EvaluateAsync(Turn, (double[])[-4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4]);
            await Assertions.Expect(weight).ToHaveValueAsync("2");
            await weight.EvaluateAsync(Turn, (double[])[120, 120]);
            await Assertions.Expect(weight).ToHaveValueAsync("0");
        }
    }

    [SkippableFact]
    public async Task Preset_ChosenAfterAnEdit_ComesIntoTheGrid()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        await page.Locator(FirstWeight).FillAsync("5");
        await Assertions.Expect(page).ToHaveTitleAsync("Edited Seed edges – LiveConv");

        server.Controls.Preset = Preset.Seed;

        await Assertions.Expect(page.Locator(FirstWeight)).ToHaveValueAsync("1");
    }

    [SkippableFact]
    public async Task ArrowKeys_InTheGrid_WalkAndTheWheelTurns()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        ILocator last = page.Locator("#editor-kernels fieldset:first-child td input").Last;
        await page.Locator(FirstWeight).FocusAsync();
        foreach (string key in new[] { "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(last).ToBeFocusedAsync();
        await last.HoverAsync();
        await page.Mouse.WheelAsync(0, -100);
        await Assertions.Expect(last).ToHaveValueAsync("0");
        await last.FillAsync("0,5");
        await page.Mouse.WheelAsync(0, -100);
        await Assertions.Expect(last).ToHaveValueAsync("1.5");
    }

    [SkippableFact]
    public async Task Kernels_Saved_AreAPresetFile()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        await page.Locator(FirstWeight).FillAsync("5");

        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#editor-save").ClickAsync());

        Assert.Equal("seed-edges.json", download.SuggestedFilename);
        string path = await download.PathAsync();
        Preset saved = PresetFile.Read(path);
        Assert.Equal(5, saved.Bank!.Filters[0].Kernel[0, 0]);
        Assert.Equal(PresetJson.Write(saved), await File.ReadAllTextAsync(path));
    }

    [SkippableFact]
    public async Task KernelsWithSteps_EditedElsewhere_ComeIntoTheGridAndKeepTheirSteps()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        using TestClient other = await TestClient.ConnectAsync(server);

        await other.SendAsync("""
            {"edit":{"version":1,"name":"Edited Steps","layers":[{"kernels":[{"weights":[[7,8]],"anchor":{"x":0,"y":0}},{"weights":[[1,2]]}],"stride":2,"padding":3,"dilation":4,"activation":"square"}]}}
            """);
        Assert.Equal(JsonValueKind.Null, (await other.TextAsync("edited")).GetProperty("refused").ValueKind);
        await Assertions.Expect(page.Locator(FirstWeight)).ToHaveValueAsync("7");
        await Assertions.Expect(page.Locator("#editor-stride")).ToHaveValueAsync("2");
        await page.Locator(FirstWeight).FillAsync("9");
        while (server.Controls.Preset.Stack!.Layers[0].Filters[0].Terms[0].Kernel[0, 0] != 9)
        {
            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
        }

        StackLayer layer = server.Controls.Preset.Stack!.Layers[0];
        Assert.Equal((2, 3, 4, Activation.Square), (layer.Stride, layer.Padding, layer.Dilation, layer.Activation));
        Assert.Equal(0, layer.Filters[0].Terms[0].Kernel.AnchorX);
        Assert.Equal("Edited Steps", server.Controls.Preset.Name);
    }

    [SkippableFact]
    public async Task KernelsWithTwoGains_Edited_KeepThem()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        using TestClient other = await TestClient.ConnectAsync(server);
        await other.SendAsync(
            "{\"edit\":{\"version\":1,\"name\":\"Gains\",\"layers\":[{\"kernels\":[{\"weights\":[[7]]},{\"weights\":[[1]]}]}],"
            + "\"outputs\":{\"vertical\":{\"layer\":0,\"gain\":0.5},\"horizontal\":{\"layer\":0,\"map\":1,\"gain\":0.25}}}}");
        await Assertions.Expect(page.Locator("#editor-gain")).ToHaveValueAsync("0.5");
        await Assertions.Expect(page.Locator("#editor-horizontalGain")).ToHaveValueAsync("0.25");

        await page.Locator("#editor-horizontalGain").FillAsync("3");
        while (server.Controls.Preset.Stack!.Horizontal.Gain != 3)
        {
            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
        }

        // An edit that is edited stays the one that it is.
        await Assertions.Expect(page).ToHaveTitleAsync("Gains – LiveConv");
        LayerStack stack = server.Controls.Preset.Stack!;
        Assert.Equal((0.5f, 3f), (stack.Vertical.Gain, stack.Horizontal.Gain));
    }

    [SkippableFact]
    public async Task Setting_ThatIsRefused_IsMarkedAndSaidInTheEditorsWords()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        ILocator fault = page.Locator("#editor-fault");
        ILocator gain = page.Locator("#editor-gain");

        await gain.FillAsync("1e39");

        await Assertions.Expect(gain).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(fault).ToContainTextAsync("Gain: ");
        await Assertions.Expect(fault).Not.ToContainTextAsync("$");
        await Assertions.Expect(fault).Not.ToContainTextAsync("line");
        Assert.Equal("seed", server.Controls.Preset.Id);

        await gain.FillAsync("2");

        await Assertions.Expect(fault).ToBeEmptyAsync();
        await Assertions.Expect(gain).Not.ToHaveAttributeAsync("aria-invalid", "true");
    }

    [SkippableTheory]
    [InlineData("""{"version":1,"name":"Two","layers":[{"kernels":[{"weights":[[1]]},{"weights":[[1]]}]},{"merge":"max"}]}""")]
    [InlineData("""
        {"version":1,"name":"Responses","layers":[{"kernels":[{"weights":[[1]]},{"weights":[[1]]}]}],
        "outputs":{"vertical":{"layer":0},"horizontal":{"layer":0,"map":1,"response":"positive"}}}
        """)]
    public async Task PresetOfMoreThanTwoKernels_Chosen_OffersNothingToEdit(string preset)
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await OpenEditorAsync(server);
        using TestClient other = await TestClient.ConnectAsync(server);

        await other.SendAsync($$"""{"edit":{{preset}}}""");

        await Assertions.Expect(page.Locator("#editor-fault")).ToContainTextAsync("can't be edited here");
        await Assertions.Expect(page.Locator("#editor-work")).ToBeHiddenAsync();
        server.Controls.Preset = TestPage.Sobel;
        await Assertions.Expect(page.Locator(FirstWeight)).ToHaveValueAsync("-1");
    }

    private async Task<(IPage Page, IReadOnlyList<string> Complaints)> OpenEditorAsync(TestPage server)
    {
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page.Locator("#editor")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(FirstWeight)).ToHaveValueAsync("1");
        return (page, complaints);
    }

    private static async Task UntilWeightAsync(IPage page, TestPage server, float weight)
    {
        while (server.Controls.Preset.Bank!.Filters[0].Kernel[0, 0] != weight)
        {
            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
        }
    }
}
