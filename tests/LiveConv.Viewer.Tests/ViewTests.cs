using LiveConv.Pipeline;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class ViewTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableTheory]
    [InlineData(64, 48)]
    [InlineData(1, 1)]
    public async Task CameraKey_Pressed_ShowsTheFrameItself(int width, int height)
    {
        await using TestPage server = await TestPage.StartAsync(width: width, height: height);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("c");
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        await Assertions.Expect(page.Locator("#right")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#left canvas")).ToHaveJSPropertyAsync("width", width);
        Assert.Equal(server.Luma(3), await Canvas.PixelsAsync(page, "left"));
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData(64, 45, 64 / 45.0 * 64 / 48)]
    [InlineData(1, 2, 0.5 * 64 / 48)]
    [InlineData(1, 1, 64 / 48.0)]
    public async Task Image_OfPixelsThatAreNoSquares_HasItsShape(int x, int y, double expected)
    {
        await using TestPage server = await TestPage.StartAsync();
        server.Source = server.Source with { Aspect = new PixelAspect(x, y) };
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        LocatorBoundingBoxResult box = (await page.Locator("#left canvas").BoundingBoxAsync())!;

        Assert.InRange(box.Width / box.Height, expected * 0.98, expected * 1.02);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task MagnitudeKey_Pressed_ShowsTheRootOfBothSquares()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Keyboard.PressAsync("m");
        (byte[] vertical, byte[] horizontal) = await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        byte[] shown = await Canvas.PixelsAsync(page, "left");

        for (int i = 0; i < shown.Length; i++)
        {
            double magnitude = Math.Min(255, Math.Sqrt((vertical[i] * vertical[i]) + (horizontal[i] * horizontal[i])));
            Assert.InRange(shown[i], magnitude - 1, magnitude + 1);
        }
    }

    [SkippableFact]
    public async Task OverlayMenu_Chosen_GivesEachDirectionItsHue()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Locator("#views").SelectOptionAsync("Overlay");
        (byte[] vertical, byte[] horizontal) = await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);

        byte[] colours = await Canvas.ColoursAsync(page, "left");

        byte[] camera = server.Luma(3);
        for (int i = 0; i < camera.Length; i++)
        {
            double red = Math.Min(255, (camera[i] * 0.45) + (vertical[i] * 0.35) + horizontal[i]);
            double blue = Math.Min(255, (camera[i] * 0.45) + vertical[i] + (horizontal[i] * 0.3));
            Assert.InRange(colours[i * 4], red - 1.5, red + 1.5);
            Assert.InRange(colours[(i * 4) + 2], blue - 1.5, blue + 1.5);
        }
    }

    [SkippableFact]
    public async Task ViewChanged_WhilePaused_ShowsTheHeldImageWithoutAge()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        await page.Keyboard.PressAsync("p");
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Paused");

        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page.Locator("#left figcaption")).ToHaveTextAsync("Camera");
        byte[] luma = server.Luma(3);
        while (!Enumerable.SequenceEqual(luma, await Canvas.PixelsAsync(page, "left")))
        {
            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
        }

        Assert.Equal(1, server.Stats.Shown);
    }

    [SkippableFact]
    public async Task SmoothKey_Pressed_ChangesTheScaling()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await Assertions.Expect(page.Locator("#left canvas")).ToHaveCSSAsync("image-rendering", "pixelated");

        await page.Keyboard.PressAsync("z");

        await Assertions.Expect(page.Locator("#left canvas")).ToHaveCSSAsync("image-rendering", "auto");
    }
}
