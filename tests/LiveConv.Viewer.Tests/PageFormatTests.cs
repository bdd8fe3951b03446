using LiveConv.Pipeline;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class PageFormatTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableTheory]
    [InlineData(PageFormat.Raw, 640, 481, false)]
    [InlineData(PageFormat.Auto, 1280, 720, false)]
    [InlineData(PageFormat.Auto, 1280, 721, true)]
    [InlineData(PageFormat.Jpeg, 16, 16, true)]
    public async Task Format_Chosen_DecidesHowPlanesTravel(PageFormat format, int width, int height, bool isJpeg)
    {
        Skip.IfNot(JpegEncoder.IsAvailable, "libturbojpeg is not installed");
        await using TestPage page = await TestPage.StartAsync(width: width, height: height, options: new PageOptions { Format = format });
        using TestClient client = await TestClient.ConnectAsync(page);

        await page.ShowAsync(2);
        ReceivedPicture picture = await client.PictureAsync();

        Assert.Equal(isJpeg, picture.IsJpeg);
        Assert.Equal(isJpeg, picture.Vertical is [0xFF, 0xD8, ..]);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(61)]
    public async Task JpegPicture_OnThePage_IsCloseToTheEnginesMaps(int width)
    {
        Skip.IfNot(JpegEncoder.IsAvailable, "libturbojpeg is not installed");
        await using TestPage server = await TestPage.StartAsync(width: width, height: 37, options: new PageOptions { Format = PageFormat.Jpeg, JpegQuality = 100 });
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);

        (byte[] vertical, byte[] horizontal) = await server.ShowAsync(2);
        await Canvas.DrawnAsync(page, 2);

        AssertClose(vertical, await Canvas.PixelsAsync(page, "left"));
        AssertClose(horizontal, await Canvas.PixelsAsync(page, "right"));
        Assert.Empty(complaints);
    }

    [Fact]
    public void Quality_OutOfRange_IsRefused()
    {
        var controls = new LiveControls([Preset.Seed], Preset.Seed);
        var source = new SourceInfo("noise", new SourceMode(), new SourceMode());

        Assert.Throws<ArgumentOutOfRangeException>(() => new PageViewer(
            controls, new FrameStats(TimeProvider.System), new Notices(), () => source, TimeProvider.System, new PageOptions { JpegQuality = 101 }));
    }

    private static void AssertClose(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], expected[i] - 6, expected[i] + 6);
        }
    }
}
