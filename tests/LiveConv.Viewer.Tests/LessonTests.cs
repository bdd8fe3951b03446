using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class LessonTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(Operation.Correlation, "[[1,2,3],[4,5,-6],[7,8,0.5]]")]
    [InlineData(Operation.Convolution, "[[0.5,8,7],[-6,5,4],[3,2,1]]")]
    public async Task Learn_NoiseImage_EndsAtThePresetsKernelAsItLiesOnTheImage(Operation operation, string lies)
    {
        await using TestPage page = await TestPage.StartAsync();
        var kernel = new Kernel(new float[,] { { 1, 2, 3 }, { 4, 5, -6 }, { 7, 8, 0.5f } });
        page.Controls.Preset = new Preset(
            "any", "Any",
            new FilterBank(operation, BorderMode.Mirror, new Filter(TestPage.Sobel.Bank!.Filters[0].Kernel), new Filter(kernel)));
        await page.ShowAsync(6);
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync("""{"learn":{"map":1,"width":3,"height":3}}""");
        JsonElement progress = await client.TextAsync("learn");
        while (!progress.GetProperty("done").GetBoolean())
        {
            progress = await client.TextAsync("learn");
        }

        double[] losses = [.. progress.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];
        Assert.Equal(lies, progress.GetProperty("kernel").GetRawText());
        Assert.Equal(lies, progress.GetProperty("wanted").GetRawText());
        Assert.True(losses[^1] < losses[0] * 2.5e-7);
        Assert.Equal(losses.OrderDescending(), losses);
    }

    [Fact]
    public async Task Learn_OneLayerWithSteps_FindsItsKernel()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);
        await client.SendAsync("""
            {"edit":{"version":1,"name":"Steps","layers":[
              {"kernels":[{"weights":[[1,2],[3,-4]],"anchor":{"x":0,"y":0}},{"weights":[[1,0],[0,1]]}],
               "stride":2,"dilation":3,"padding":1}]}}
            """.Trim());
        await client.TextAsync("edited");
        await page.ShowAsync(6);

        await client.SendAsync("""{"learn":{"map":0,"width":3,"height":3}}""");
        JsonElement end = await EndAsync(client);

        Assert.True(end.GetProperty("right").GetBoolean());
        Assert.Equal("[[0,0,0],[0,1,2],[0,3,-4]]", end.GetProperty("kernel").GetRawText());
        Assert.Equal("""{"width":3,"height":3}""", end.GetProperty("needs").GetRawText());
        Assert.Equal(end.GetProperty("true").GetRawText(), end.GetProperty("predicted").GetRawText());
    }

    [Theory]
    [InlineData(3, 3, false, 5, 1)]
    [InlineData(5, 1, true, 5, 1)]
    [InlineData(7, 3, true, 5, 1)]
    public async Task Learn_WithASizeOfKernel_SaysWhetherItFitsAndWhichDoes(
        int width, int height, bool fits, int needsWidth, int needsHeight)
    {
        await using TestPage page = await TestPage.StartAsync();
        var kernel = new Kernel(new float[,] { { 0, 0, 0, 0, 0 }, { 1, 2, 0, -2, 3 }, { 0, 0, 0, 0, 0 } });
        page.Controls.Preset = new Preset(
            "wide", "Wide", new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(kernel), new Filter(kernel)));
        await page.ShowAsync(6);
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync($$$"""{"learn":{"map":0,"width":{{{width}}},"height":{{{height}}}}}""");
        JsonElement end = await EndAsync(client);

        Assert.Equal(fits, end.GetProperty("right").GetBoolean());
        Assert.Equal(needsWidth, end.GetProperty("needs").GetProperty("width").GetInt32());
        Assert.Equal(needsHeight, end.GetProperty("needs").GetProperty("height").GetInt32());
        Assert.InRange(end.GetProperty("unexplained").GetDouble(), fits ? 0 : 0.1, fits ? 5e-4 : 1);
    }

    [Fact]
    public async Task Learn_SeveralLayers_IsRefusedWithWhatToDo()
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);
        await client.SendAsync(
            """{"edit":{"version":1,"name":"Two","layers":[{"kernels":[{"weights":[[1]]}]},{"kernels":[{"weights":[[1]]}]}]}}""");
        await client.TextAsync("edited");
        await page.ShowAsync(6);

        await client.SendAsync("""{"learn":{"map":0,"width":3,"height":3}}""");

        Assert.Contains(
            "Try Sobel", (await client.TextAsync("learn")).GetProperty("refused").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learn_ImageTooSmallToTell_SaysThatTheProblemIsSingular()
    {
        await using TestPage page = await TestPage.StartAsync(width: 4, height: 3);
        await page.ShowAsync(6);
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync("""{"learn":{"map":0,"width":3,"height":3}}""");

        Assert.Contains(
            "7 of 9 weights could be anything",
            (await client.TextAsync("learn")).GetProperty("refused").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"learn":{"map":2,"width":3,"height":3}}""")]
    [InlineData("""{"learn":{"map":0,"width":8,"height":3}}""")]
    [InlineData("""{"learn":{"map":0,"width":3}}""")]
    [InlineData("""{"learn":7}""")]
    public async Task Learn_Malformed_ClosesThatClientWithTheReason(string message)
    {
        await using TestPage page = await TestPage.StartAsync();
        using TestClient client = await TestClient.ConnectAsync(page);

        await client.SendAsync(message);
        await client.UntilClosedAsync();

        Assert.StartsWith("\"learn\" has map", client.CloseReason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Stop_OnThePage_EndsTheLesson()
    {
        // The clock stands still, and so does the lesson.
        await using TestPage server = await TestPage.StartAsync(new FakeTimeProvider());
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("t");
        await page.Locator("#learning-start").ClickAsync();
        await Assertions.Expect(page.Locator("#learning-start")).ToHaveTextAsync("Stop");

        await page.Locator("#learning-start").ClickAsync();

        await Assertions.Expect(page.Locator("#learning-start")).ToHaveTextAsync("Learn");
        await Assertions.Expect(page.Locator("#learning-said")).ToContainTextAsync("stopped");
    }

    [SkippableFact]
    public async Task Panel_OnThePage_ShowsTheCurveAndTheKernelTakingShape()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        server.Controls.Preset = TestPage.Sobel;
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);

        await page.Keyboard.PressAsync("t");
        await page.Locator("#learning-start").ClickAsync();

        await Assertions.Expect(page.Locator("#learning-said")).ToContainTextAsync("Right to three digits", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#learning-kernels table").First.Locator("td"))
            .ToHaveTextAsync(["-1", "0", "1", "-2", "0", "2", "-1", "0", "1"]);
        await Assertions.Expect(page.Locator("#learning-maps canvas").Nth(1)).ToHaveJSPropertyAsync("width", server.Width);
        Assert.Matches("^0.0,1.0 ", await page.Locator("#learning-curve polyline").GetAttributeAsync("points"));
        Assert.Empty(complaints);
    }

    private static async Task<JsonElement> EndAsync(TestClient client)
    {
        while (true)
        {
            JsonElement progress = await client.TextAsync("learn");
            Assert.Equal(JsonValueKind.Null, progress.GetProperty("refused").ValueKind);
            if (progress.GetProperty("done").GetBoolean())
            {
                return progress;
            }
        }
    }
}
