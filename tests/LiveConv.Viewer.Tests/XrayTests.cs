using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class XrayTests(Browser browser) : IClassFixture<Browser>
{
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

        Assert.Equal("[[4,3],[2,1]]", answer.GetProperty("kernel").GetRawText());
        Assert.Equal(Sum(answer.GetProperty("products")), answer.GetProperty("sum").GetSingle());
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
        Assert.Equal("[[4,3],[2,1]]", answer.GetProperty("kernel").GetRawText());
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
        Assert.Equal(sum, answer.GetProperty("sum").GetInt32());
        Assert.Equal(width, across.GetProperty("out").GetInt32());
        Assert.Equal((64 + (2 * padding) - dilation - 1) % stride, across.GetProperty("unused").GetInt32());
        Assert.Equal(vertical[(y * width) + x], answer.GetProperty("value").GetInt32());
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
    public async Task Arrows_OnThePage_WalkTheWindow()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        (byte[] vertical, _) = await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#xray .place")).ToHaveTextAsync($"Pixel [row 0, column 0] = {vertical[0]}");

        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowDown");

        await Assertions.Expect(page.Locator("#xray .place")).ToHaveTextAsync($"Pixel [row 1, column 1] = {vertical[65]}");
        await Assertions.Expect(page.Locator("#xray .equation").First)
            .ToHaveTextAsync("columns: ⌊(64 + 2·1 − 1·(3 − 1) − 1) / 1⌋ + 1 = 64");
        await Assertions.Expect(page.Locator("#left figcaption")).ToHaveTextAsync("Input");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Pointing_AtTheMap_ShowsThatPixel()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        (_, byte[] horizontal) = await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#xray .place")).ToBeVisibleAsync();
        await page.Locator("#xray-map").SelectOptionAsync("Horizontal edges");

        await PointAtAsync(page, 20, 30);

        await Assertions.Expect(page.Locator("#xray .place")).ToHaveTextAsync($"Pixel [row 30, column 20] = {horizontal[(30 * 64) + 20]}");
    }

    [SkippableFact]
    public async Task Play_OnThePage_MovesByItself()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");

        await page.Locator("#xray-play").ClickAsync();

        await Assertions.Expect(page.Locator("#xray .place")).Not.ToContainTextAsync("row 0", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("#right .veil").First).ToBeAttachedAsync();
        await page.Locator("#xray-play").ClickAsync();
        await Assertions.Expect(page.Locator("#right .veil")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Play_AtTheLastPixel_BeginsAnew()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        await PointAtAsync(page, 63, 47);

        await page.Locator("#xray-play").ClickAsync();

        await Assertions.Expect(page.Locator("#xray .place")).Not.ToContainTextAsync("row 47");
    }

    [SkippableFact]
    public async Task Place_BeyondTheMapOfAnotherPreset_MovesIntoIt()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("x");
        await PointAtAsync(page, 60, 40);
        using TestClient other = await TestClient.ConnectAsync(server);

        await other.SendAsync(
            """{"edit":{"version":1,"name":"Fourths","layers":[{"kernels":[{"weights":[[1]]},{"weights":[[1]]}],"stride":4}]}}""");
        await other.TextAsync("edited");
        (byte[] vertical, _) = await server.ShowAsync(9);

        await Assertions.Expect(page.Locator("#xray .place")).ToHaveTextAsync($"Pixel [row 11, column 15] = {vertical[^1]}");
    }

    // At a pixel of the right map, of 64x48.
    private static async Task PointAtAsync(IPage page, int x, int y)
    {
        await Assertions.Expect(page.Locator("#xray .place")).ToBeVisibleAsync();
        LocatorBoundingBoxResult box = (await page.Locator("#right canvas").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width * (x + 0.5f) / 64), box.Y + (box.Height * (y + 0.5f) / 48));
        await Assertions.Expect(page.Locator("#xray .place")).ToContainTextAsync($"row {y}, column {x}");
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
                Assert.Equal(value, answer.GetProperty("window")[j][i].GetInt32());
                Assert.Equal(value * kernel[j, i], answer.GetProperty("products")[j][i].GetSingle());
                sum += value * kernel[j, i];
            }
        }

        Assert.Equal(sum, answer.GetProperty("sum").GetDouble());
        Assert.Equal(pixel, answer.GetProperty("value").GetInt32());
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

    private static float Sum(JsonElement rows) =>
        rows.EnumerateArray().SelectMany(row => row.EnumerateArray()).Sum(value => value.GetSingle());
}
