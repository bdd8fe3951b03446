using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>Maps in two colours on the page, and what says what the colours mean.</summary>
public sealed class SignedMapTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task Maps_ShownSigned_AreBlueWhereTheSumIsPositiveAndAmberWhereItIsNegative()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        await page.Keyboard.PressAsync("y");
        await Assertions.Expect(page.Locator("#left .legend")).ToHaveTextAsync("positive sumnegative sum");

        byte[] luma = server.Luma(3);
        byte[] colours = await Canvas.ColoursAsync(page, "left");
        int coloured = 0;
        for (int y = 1; y < server.Height - 1; y++)
        {
            for (int x = 1; x < server.Width - 1; x++)
            {
                int sum = Enumerable.Range(y - 1, 3).Sum(row => luma[(row * server.Width) + x - 1] - luma[(row * server.Width) + x + 1]);
                ReadOnlySpan<byte> colour = colours.AsSpan(4 * ((y * server.Width) + x), 3);
                Assert.InRange(Math.Max(colour[0], colour[2]), Math.Min(255, Math.Abs(sum)) - 2, Math.Min(255, Math.Abs(sum)) + 2);
                coloured += Math.Abs(sum) > 4 && (colour[2] > colour[0]) == (sum > 0) ? 1 : 0;
                Assert.True(Math.Abs(sum) <= 4 || (colour[2] > colour[0]) == (sum > 0), $"{sum} at {x}, {y}");
            }
        }

        Assert.True(coloured > 1000);
        await page.Keyboard.PressAsync("y");
        await Assertions.Expect(page.Locator("#left .legend")).ToHaveTextAsync("");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Maps_OfWhichOneHasASign_AreDrawnAndNamedEachAsItIs()
    {
        await using TestPage server = await TestPage.StartAsync();
        server.Controls.Preset = Mixed();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        (byte[] vertical, byte[] horizontal) = await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        await page.Keyboard.PressAsync("y");

        await Assertions.Expect(page.Locator("#left .legend")).ToHaveTextAsync("not a sum, so it has no sign");
        await Assertions.Expect(page.Locator("#right .legend")).ToHaveTextAsync("positive sumnegative sum");
        Assert.Equal(vertical, await Canvas.PixelsAsync(page, "left"));

        // The length of both, whose second is half of a sum from 128, and at most as bright as the map itself.
        byte[] both = await Canvas.PixelsAsync(page, "fourth");
        Assert.All(both.Zip(vertical, horizontal), pixel =>
            Assert.InRange(pixel.First, Length(pixel.Second, pixel.Third) - 3, Length(pixel.Second, pixel.Third) + 3));
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Maps_PlainAndSigned_StandBesideEachOther()
    {
        await using TestPage server = await TestPage.StartAsync();
        server.Controls.Preset = Mixed();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        (byte[] vertical, byte[] horizontal) = await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        // Signs asked for before change nothing: here the plain maps are plain.
        await page.Keyboard.PressAsync("y");
        await page.Keyboard.PressAsync("+");

        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("Plain and signed");
        await Assertions.Expect(page.Locator("#fourth .legend")).ToHaveTextAsync("positive sumnegative sum");
        await Assertions.Expect(page.Locator("#third .legend")).ToHaveTextAsync("not a sum, so it has no sign");
        await Assertions.Expect(page.Locator("#right .legend")).ToHaveTextAsync("");
        await Assertions.Expect(page.Locator("#fourth .title")).ToHaveTextAsync("Right map, signed");
        Assert.Equal(vertical, await Canvas.PixelsAsync(page, "left"));
        Assert.Equal(horizontal, await Canvas.PixelsAsync(page, "right"));
        Assert.Equal(vertical, await Canvas.PixelsAsync(page, "third"));

        // As bright as the plain map, of which half of the sum is sent.
        byte[] colours = await Canvas.ColoursAsync(page, "fourth");
        int[] brightest = [.. Enumerable.Range(0, horizontal.Length).Select(i => (int)Math.Max(colours[4 * i], colours[(4 * i) + 2]))];
        Assert.All(brightest.Zip(horizontal), pair => Assert.InRange(pair.First, pair.Second - 2, pair.Second + 2));
        int amber = Enumerable.Range(0, horizontal.Length).Count(i => colours[4 * i] > colours[(4 * i) + 2]);
        Assert.InRange(amber, horizontal.Length / 4, horizontal.Length * 3 / 4);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("view=%2B"));
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#views")).ToHaveValueAsync("Plain and signed");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Overlay_Legend_NamesWhatEachColourShows()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        await page.Keyboard.PressAsync("o");

        await Assertions.Expect(page.Locator("#left .legend .blue")).ToHaveTextAsync("Vertical edges");
        await Assertions.Expect(page.Locator("#left .legend .amber")).ToHaveTextAsync("Horizontal edges");
    }

    [SkippableFact]
    public async Task LargeImage_InSmallPanes_IsDrawnReducedAndXrayCountsWholePixels()
    {
        await using TestPage server = await TestPage.StartAsync(width: 1280, height: 720);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address, 800, 500);
        await server.ShowAsync(3);

        // As large as it is drawn: nothing is left to scale for the browser.
        ILocator left = page.Locator("#left canvas");
        await Assertions.Expect(left).ToHaveJSPropertyAsync("width", await left.EvaluateAsync<int>("canvas => canvas.clientWidth"));
        await Assertions.Expect(left).ToHaveJSPropertyAsync("height", await left.EvaluateAsync<int>("canvas => canvas.clientHeight"));
        Assert.InRange(await left.EvaluateAsync<int>("canvas => canvas.width"), 100, 500);
        await page.Keyboard.PressAsync("x");
        ILocator map = page.Locator("#right canvas:not(.stage-map)");
        await Assertions.Expect(map).ToHaveJSPropertyAsync("width", 1280);
        await Assertions.Expect(page.Locator("#xray-answer .place")).ToBeVisibleAsync();
        await map.ClickAsync(new() { Position = new() { X = 150, Y = 60 } });
        LocatorBoundingBoxResult box = (await map.BoundingBoxAsync())!;
        await Assertions.Expect(page.Locator("#xray-answer .place")).Not.ToContainTextAsync("column 640]");

        // The pointer is somewhere in its pixel of the screen, which is several of the map's.
        string said = (await page.Locator("#xray-answer .place").TextContentAsync())!;
        int column = int.Parse(Regex.Match(said, @"column (\d+)\]").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(column, 150 / box.Width * 1280 - 1280 / box.Width, 150 / box.Width * 1280 + 1280 / box.Width);
        Assert.Empty(complaints);
    }

    private static double Length(byte x, byte y) => Math.Min(255, Math.Sqrt((x * x) + (y * y)));

    // The left map is the larger of both sums, and has no sign; the right one is a sum.
    private static Preset Mixed()
    {
        Filter[] sobel = TestPage.Sobel.Bank!.Filters.ToArray();
        LayerFilter[] filters = [.. sobel.Select(filter => new LayerFilter([new KernelTerm(0, filter.Kernel)]))];
        return new Preset("mixed", "Mixed", new LayerStack(
            [new StackLayer { Filters = filters }, new StackLayer { Merge = Merge.Max }], new StackOutput(1, 0), new StackOutput(0, 1)));
    }
}
