using System.Text.RegularExpressions;
using LiveConv.Networks;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>A trained network on the page.</summary>
public sealed class NetworkPageTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task Network_OnThePage_ShowsLayersMapsClassesAndWhatMakesAUnit()
    {
        await using TestPage server = await TestPage.StartAsync(
            options: new PageOptions { Format = PageFormat.Raw, Network = Small() });
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await page.SetViewportSizeAsync(1440, 900);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);

        await page.GetByRole(AriaRole.Button, new() { Name = "Network" }).ClickAsync();

        await Assertions.Expect(page.Locator("#network-layers .name"))
            .ToHaveTextAsync(["Input", "1 Conv", "2 MaxPool", "3 Conv", "4 GlobalAveragePool", "5 Gemm"]);
        await Assertions.Expect(page.Locator("#network-scores li")).ToHaveCountAsync(2);
        await page.Locator("#network-layers button").Nth(3).ClickAsync();
        await Assertions.Expect(page.Locator("#network-about")).ToContainTextAsync("Conv, Relu; 8 × 24x24; 296 parameters");
        await page.WaitForFunctionAsync(Lit);
        string before = await MapsAsync(page);
        await server.ShowAsync(9);
        await Canvas.DrawnAsync(page, 9);
        await page.WaitForFunctionAsync($"before => document.querySelector('#network-maps canvas').toDataURL() !== before", before);

        await page.Locator("#network-maps canvas").ClickAsync(new() { Position = new Position { X = 30, Y = 30 } });
        await Assertions.Expect(page.Locator("#network-unit")).ToContainTextAsync("is map 0's value");
        await Assertions.Expect(page.Locator("#network-unit table")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("#network-side .marks .window")).ToHaveCountAsync(1);
        await page.Locator("#network-place input").Nth(0).FillAsync("7");
        await Assertions.Expect(page.Locator("#network-unit")).ToContainTextAsync("is map 7's value");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Go to map") }).ClickAsync();
        await Assertions.Expect(page.Locator("#network-layers button[aria-pressed=true] .name")).ToHaveTextAsync("2 MaxPool");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go to 1 Conv" }).ClickAsync();
        await page.SetViewportSizeAsync(390, 844);
        await Assertions.Expect(page.Locator("#network-layers button[aria-pressed=true] .name")).ToHaveTextAsync("1 Conv");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#network")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Network_OfARunWithoutOne_IsNotOffered()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);

        await Assertions.Expect(page.Locator("#network-open")).ToBeHiddenAsync();
    }

    private const string Lit = """
        () => {
          const canvas = document.querySelector("#network-maps canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return data.some((value, index) => index % 4 < 3 && value > 60);
        }
        """;

    private static Task<string> MapsAsync(IPage page) =>
        page.EvaluateAsync<string>("document.querySelector('#network-maps canvas').toDataURL()");

    private static LiveNetwork Small()
    {
        var file = new OnnxWriter(13, [1, 1, 48, 48]);
        string first = file.Node("Relu", [file.Node("Conv", ["x", file.Weights(1, 4, 1, 3, 3)], ("pads", new[] { 1, 1, 1, 1 }))]);
        string pooled = file.Node("MaxPool", [first], ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }));
        string second = file.Node("Relu", [file.Node(
            "Conv", [pooled, file.Weights(1, 8, 4, 3, 3), file.Weights(1, 8)], ("pads", new[] { 1, 1, 1, 1 }))]);
        string flat = file.Node("Flatten", [file.Node("GlobalAveragePool", [second])]);
        file.Node("Gemm", [flat, file.Weights(1, 2, 8), file.Weights(1, 2)], ("transB", 1));
        return new LiveNetwork("small", Network.Read(file.ToFile()), ["ball", "bat"], PixelScale.Unit);
    }
}
