using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>The layers as a wall, and the X-ray of any of them.</summary>
public sealed class WallTests(Browser browser) : IClassFixture<Browser>
{
    private const string Lit = """
        () => [...document.querySelectorAll(".wall .map canvas")].map(canvas => {
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          return data.some((value, index) => index % 4 < 3 && value > 60);
        }).every(isLit => isLit)
        """;

    [SkippableFact]
    public async Task Wall_OfAStack_ShowsEveryStagesMapsAndEnlargesOne()
    {
        await using TestPage server = await TestPage.StartAsync();
        server.Controls.Preset = Shipped("ball-or-bat");
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);

        await page.Keyboard.PressAsync("w");

        await Assertions.Expect(page.Locator(".wall .map")).ToHaveCountAsync(1 + 2 + 2 + 5 + 5 + 2 + 2 + 2);
        await Assertions.Expect(page.Locator(".wall li .title")).ToHaveTextAsync(
        [
            "Input", "Convolution", "Average pooling", "Convolution", "ReLU", "Convolution", "ReLU", "Enlarging (bilinear)",
        ]);
        await Assertions.Expect(page.Locator(".wall .shown")).ToHaveTextAsync(["Ball", "Bat"]);
        await Assertions.Expect(page.GetByLabel("Enlarge map 1 of Enlarging (bilinear), Ball")).ToHaveCountAsync(1);
        server.Controls.Preset = TestPage.Sobel;
        await server.ShowAsync(9);
        await Assertions.Expect(page.Locator(".wall .shown").First).Not.ToHaveTextAsync("Ball");
        server.Controls.Preset = Shipped("ball-or-bat");
        await server.ShowAsync(10);
        await Assertions.Expect(page.Locator(".wall .shown")).ToHaveTextAsync(["Ball", "Bat"]);
        await page.Locator(".wall .map").Nth(3).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".wall .enlarged .title")).ToContainTextAsync("Average pooling, map 1 of 2");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "All layers" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".wall .layers")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".wall .map").Nth(3)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("v");
        await Assertions.Expect(page.Locator(".wall")).ToBeHiddenAsync();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Wall_OfPixels_IsDrawnAndFollowsTheImage()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);

        await page.Keyboard.PressAsync("w");

        await Assertions.Expect(page.Locator(".wall .map")).ToHaveCountAsync(3);
        await page.WaitForFunctionAsync(Lit);
        string before = await FirstMapAsync(page);
        for (int number = 9; number < 200 && await FirstMapAsync(page) == before; number++)
        {
            await server.ShowAsync(number);
            await Canvas.DrawnAsync(page, number);
            await page.WaitForTimeoutAsync(50);
        }

        Assert.NotEqual(before, await FirstMapAsync(page));
    }

    [SkippableFact]
    public async Task Pixel_OfAnInnerMap_IsPinnedWithItsFieldOnEveryMapBefore()
    {
        await using TestPage server = await TestPage.StartAsync();
        server.Controls.Preset = Shipped("canny");
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(8);
        await Canvas.DrawnAsync(page, 8);
        await page.Keyboard.PressAsync("w");
        await page.Locator(".wall li").Nth(3).Locator(".map").First.ClickAsync();

        await page.Locator(".wall .enlarged canvas").ClickAsync();

        await Assertions.Expect(page.Locator("#xray .rule")).ToContainTextAsync("Thinning");
        await Assertions.Expect(page.Locator("#xray .patch")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("#xray-stages [aria-current]")).ToHaveTextAsync("Thinning");
        await page.GetByRole(AriaRole.Button, new() { Name = "All layers" }).ClickAsync();
        await Assertions.Expect(page.Locator(".wall .window")).ToHaveCountAsync(1 + 1 + 2 + 1);

        // The gradient that it was made of, then the blurred image.
        await page.Locator("#xray .patch .within").First.ClickAsync();
        await Assertions.Expect(page.Locator("#xray .rule")).ToContainTextAsync("Convolution");
        await Assertions.Expect(page.Locator("#xray h3").First).ToContainTextAsync("blur, times 159");
        Assert.Empty(complaints);
    }

    private static Task<string> FirstMapAsync(IPage page) =>
        page.EvaluateAsync<string>("() => document.querySelectorAll('.wall .map canvas')[1].toDataURL()");

    private static Preset Shipped(string name) => PresetFile.Read(RepositoryFiles.PathOf("presets", name + ".json"));
}
