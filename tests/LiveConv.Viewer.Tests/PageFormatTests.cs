using LiveConv.Pipeline;
using LiveConv.Presets;
using LiveConv.TurboJpeg;
using Microsoft.Extensions.Time.Testing;
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
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        await using TestPage page = await TestPage.StartAsync(width: width, height: height, options: new PageOptions { Format = format });
        using TestClient client = await TestClient.ConnectAsync(page);

        await page.ShowAsync(2);
        ReceivedImage image = await client.ImageAsync();

        Assert.Equal(isJpeg, image.IsJpeg);
        Assert.Equal(isJpeg, image.Vertical is [0xFF, 0xD8, ..]);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(61)]
    public async Task JpegImage_OnThePage_IsCloseToTheEnginesMaps(int width)
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        await using TestPage server =
            await TestPage.StartAsync(width: width, height: 37, options: new PageOptions { Format = PageFormat.Jpeg, JpegQuality = 100 });
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);

        (byte[] vertical, byte[] horizontal) = await server.ShowAsync(2);
        await Canvas.DrawnAsync(page, 2);

        AssertClose(vertical, await Canvas.PixelsAsync(page, "left"));
        AssertClose(horizontal, await Canvas.PixelsAsync(page, "right"));
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData("drawn", true)]
    [InlineData("late", false)]
    public async Task Format_AfterAImageOfHalfAMinute_ChangesUnlessItWasHeldBack(string answer, bool isJpeg)
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        var time = new FakeTimeProvider();
        await using TestPage page = await TestPage.StartAsync(time, 640, 480, options: new PageOptions { Format = PageFormat.Auto });
        using TestClient client = await TestClient.ConnectAsync(page);
        await client.TextAsync("state");
        time.Advance(TimeSpan.FromSeconds(4));
        await page.ShowAsync(1);
        ReceivedImage first = await client.ImageAsync();
        time.Advance(TimeSpan.FromSeconds(30));

        await client.SendAsync($$"""{"{{answer}}":{{first.Number}}}""");
        await client.SendAsync("""{"xray":{"map":0,"x":0,"y":0}}""");
        await client.TextAsync("xray");
        await page.ShowAsync(2);

        Assert.Equal(isJpeg, (await client.ImageAsync()).IsJpeg);
        Assert.Equal(1, page.Stats.Shown);
        Assert.Equal(isJpeg, page.Stats.Whole().Age.P99 > 0);
    }

    [SkippableFact]
    public async Task HiddenPage_SeenAgain_DrawsTheNewestImageAndSaysThatItIsLate()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(address: null);
        await page.AddInitScriptAsync("""
            window.isHidden = false;
            window.came = 0;
            window.sent = [];
            Object.defineProperty(document, "hidden", { get: () => window.isHidden });
            window.WebSocket = class extends WebSocket {
              constructor(address) {
                super(address);
                this.addEventListener("message", ({ data }) => (window.came += data instanceof ArrayBuffer ? 1 : 0));
              }
              send(message) {
                window.sent.push(String(message));
                super.send(message);
              }
            };
            """);
        await page.GotoAsync(server.Address.AbsoluteUri);
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        await SetHiddenAsync(page, true);
        for (int number = 1; number <= 2; number++)
        {
            await server.ShowAsync(number);
            await page.WaitForFunctionAsync($"() => window.came === {number}");
        }

        await SetHiddenAsync(page, false);
        await Canvas.DrawnAsync(page, 2);
        await page.WaitForFunctionAsync("""() => window.sent.some((message) => message.startsWith('{"late":'))""");

        Assert.DoesNotContain("drawn", await page.EvaluateAsync<string>("() => window.sent.join()"), StringComparison.Ordinal);
        await server.ShowAsync(3);
        await Canvas.DrawnAsync(page, 3);
        Assert.Empty(complaints);
    }

    [Fact]
    public void Quality_OutOfRange_IsRefused()
    {
        var controls = new LiveControls([Preset.Seed], Preset.Seed);
        var source = new SourceInfo("noise", new SourceMode(), new SourceMode());

        Assert.Throws<ArgumentOutOfRangeException>(() => new PageViewer(
            controls, new FrameStats(TimeProvider.System), new Notices(), () => source, TimeProvider.System,
            new PageOptions { JpegQuality = 101 }));
    }

    private static Task SetHiddenAsync(IPage page, bool isHidden) =>
        page.EvaluateAsync(
            $"() => {{ window.isHidden = {(isHidden ? "true" : "false")}; document.dispatchEvent(new Event('visibilitychange')); }}");

    private static void AssertClose(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], expected[i] - 6, expected[i] + 6);
        }
    }
}
