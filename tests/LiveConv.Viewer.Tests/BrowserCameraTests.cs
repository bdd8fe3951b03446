using System.Net.WebSockets;
using System.Text.Json;
using LiveConv.Pipeline;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

public sealed class BrowserCameraTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly FramePool<Frame> frames = new(2);
    private readonly Notices notices = new();
    private readonly CancellationTokenSource stop = new();

    public void Dispose()
    {
        stop.Dispose();
        frames.Dispose();
    }

    [Fact]
    public async Task Images_SentByAPage_TakeOverAndGiveBack()
    {
        using BrowserCamera camera = Open();
        await using TestPage page = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        using TestClient client = await TestClient.ConnectAsync(page);
        using Frame usual = Read(camera);
        Assert.Equal((8, 0L, TimeSpan.Zero), (usual.Luma.Width, usual.Sequence, usual.MediaTime));

        Assert.Equal(JsonValueKind.Null, await OfferAsync(client, """{"width":5,"height":3}"""));
        await client.SendAsync([.. Enumerable.Range(1, 15).Select(i => (byte)i)], WebSocketMessageType.Binary);
        await UntilAsync(() => camera.IsLive);
        using (Frame sent = Read(camera))
        {
            Assert.Equal((5, 3, 1L), (sent.Luma.Width, sent.Luma.Height, sent.Sequence));
            Assert.Equal([6, 7, 8, 9, 10], sent.Luma.Row(1).ToArray());
            Assert.True(sent.MediaTime > usual.MediaTime);
        }

        Assert.True(camera.IsLive);
        Assert.Equal("5x3 GRAY8", camera.Info.Granted.ToString());
        Assert.Equal(JsonValueKind.String, await OfferAsync(client, "null"));
        using Frame again = Read(camera);
        Assert.Equal((8, 2L, OneFrameSource.Grey), (again.Luma.Width, again.Sequence, again.Luma.Row(0)[0]));
        Assert.False(camera.IsLive);
    }

    [Fact]
    public async Task Page_ThatSendsNoImages_IsReportedAndMayOfferAgain()
    {
        using BrowserCamera camera = Open(TimeSpan.FromMilliseconds(1));
        await using TestPage page = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        using TestClient client = await TestClient.ConnectAsync(page);
        Assert.Equal(JsonValueKind.Null, await OfferAsync(client, """{"width":5,"height":3}"""));

        Task<JsonElement> refusal = client.TextAsync("camera");
        while (!refusal.IsCompleted)
        {
            using Frame usual = Read(camera);
            Assert.Equal(8, usual.Luma.Width);
        }

        Assert.Contains("sends no images", (await refusal).GetProperty("refused").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, await OfferAsync(client, """{"width":5,"height":3}"""));
    }

    [Fact]
    public async Task Camera_ClaimedWithoutAnImage_HoldsNothingUp()
    {
        using BrowserCamera camera = Open(TimeSpan.FromMinutes(10));
        await using TestPage page = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        using TestClient client = await TestClient.ConnectAsync(page);
        Assert.Equal(JsonValueKind.Null, await OfferAsync(client, """{"width":5,"height":3}"""));

        for (int i = 0; i < 10; i++)
        {
            using Frame usual = Read(camera);
            Assert.Equal((8, (long)i), (usual.Luma.Width, usual.Sequence));
        }
    }

    [Fact]
    public async Task Camera_ThatStopsSendingWhileInUse_IsNotTakenAgainAtOnce()
    {
        using BrowserCamera camera = Open(TimeSpan.FromMilliseconds(200));
        await using TestPage page = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        using TestClient client = await TestClient.ConnectAsync(page);
        Assert.Equal(JsonValueKind.Null, await OfferAsync(client, """{"width":5,"height":3}"""));
        await client.SendAsync(new byte[15], WebSocketMessageType.Binary);
        await UntilAsync(() => camera.IsLive);

        ReadUntil(camera, 8).Dispose();
        await client.TextAsync("camera");
        await client.SendAsync("""{"camera":{"width":5,"height":3} }""");

        Assert.Contains(
            "a camera stopped sending images while it was in use",
            (await client.TextAsync("camera")).GetProperty("refused").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Leaving_GivesTheSourceBack()
    {
        using BrowserCamera camera = Open();
        var reported = new TaskCompletionSource();
        notices.Posted += notice =>
            (notice.Text.Contains("is gone; grey goes on", StringComparison.Ordinal) ? reported : new()).TrySetResult();
        await using TestPage page = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        using (TestClient client = await TestClient.ConnectAsync(page))
        {
            await OfferAsync(client, """{"width":5,"height":3}""");
        }

        await reported.Task.WaitAsync(TimeSpan.FromSeconds(30));
        using Frame frame = Read(camera);
        Assert.Equal(8, frame.Luma.Width);
    }

    [Fact]
    public async Task SecondPage_OfferingItsCamera_IsRefused()
    {
        using BrowserCamera camera = Open();
        await using TestPage page = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        using TestClient first = await TestClient.ConnectAsync(page);
        using TestClient second = await TestClient.ConnectAsync(page);

        Assert.Equal(JsonValueKind.Null, await OfferAsync(first, """{"width":5,"height":3}"""));
        Assert.Equal(JsonValueKind.String, await OfferAsync(second, """{"width":5,"height":3}"""));
    }

    [Theory]
    [InlineData("""{"width":0,"height":3}""")]
    [InlineData("""{"width":100000,"height":100000}""")]
    [InlineData("""{"width":-5,"height":-3}""")]
    public async Task Offer_OfASillySize_IsRefused(string size)
    {
        using BrowserCamera camera = Open();
        await using TestPage page = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        using TestClient client = await TestClient.ConnectAsync(page);

        Assert.Equal(JsonValueKind.String, await OfferAsync(client, size));
        Assert.False(camera.IsLive);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(16)]
    [InlineData(10_000)]
    public async Task Image_OfAnotherSize_ClosesThatClient(int bytes)
    {
        using BrowserCamera camera = Open();
        await using TestPage page = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        using TestClient client = await TestClient.ConnectAsync(page);
        await OfferAsync(client, """{"width":5,"height":3}""");

        await client.SendAsync(new byte[bytes], WebSocketMessageType.Binary);
        await client.UntilClosedAsync();

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, client.CloseStatus);
    }

    [Fact]
    public async Task Stop_WhileWaitingForABrowser_EndsTheRead()
    {
        using BrowserCamera camera = Open();
        await using TestPage page = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        using TestClient client = await TestClient.ConnectAsync(page);
        await OfferAsync(client, """{"width":5,"height":3}""");
        await client.SendAsync(new byte[15], WebSocketMessageType.Binary);
        await UntilAsync(() => camera.IsLive);
        using Frame frame = Read(camera);
        Task<bool> reading = Task.Run(() => camera.Read(frame));

        await stop.CancelAsync();

        Assert.False(await reading.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [SkippableFact]
    public async Task CameraButton_Clicked_SendsTheBrowsersLuma()
    {
        using BrowserCamera camera = Open();
        await using TestPage server = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(server.Address);
        await page.Context.GrantPermissionsAsync(["camera"]);

        await page.Locator("#camera").ClickAsync();
        using Frame frame = await Task.Run(() => ReadUntil(camera, CameraClip.Width));

        Assert.Equal(CameraClip.Height, frame.Luma.Height);
        for (int y = 0; y < CameraClip.Height; y++)
        {
            Assert.Equal([.. Enumerable.Range(0, CameraClip.Width).Select(x => CameraClip.Luma(x, y))], frame.Luma.Row(y).ToArray());
        }

        await page.Locator("#camera").ClickAsync();
        using Frame back = await Task.Run(() => ReadUntil(camera, 8));
        Assert.Equal(OneFrameSource.Grey, back.Luma.Row(0)[0]);
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task CameraButton_OfABrowserWithoutTheProcessor_StopsWithAImageOnItsWay()
    {
        using BrowserCamera camera = Open();
        await using TestPage server = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(address: null);
        await page.AddInitScriptAsync("""
            delete window.MediaStreamTrackProcessor;
            const ask = HTMLVideoElement.prototype.requestVideoFrameCallback;
            HTMLVideoElement.prototype.requestVideoFrameCallback = function (shown) {
              return ask.call(this, () => (window.held ? window.held.push(shown) : shown()));
            };
            """);
        await page.GotoAsync(server.Address.AbsoluteUri);
        await page.Context.GrantPermissionsAsync(["camera"]);
        await page.Locator("#camera").ClickAsync();
        (await Task.Run(() => ReadUntil(camera, CameraClip.Width))).Dispose();
        await page.EvaluateAsync("() => (window.held = [])");
        await page.WaitForFunctionAsync("() => window.held.length > 0");

        await page.Locator("#camera").ClickAsync();
        await page.EvaluateAsync("() => { window.held.forEach((shown) => shown()); window.held = null; }");

        // What the page sent because of that image has come before the key.
        await page.Locator("#pause").ClickAsync();
        await Assertions.Expect(page.Locator("#pause")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.False(camera.IsLive);
        await page.Locator("#camera").ClickAsync();
        (await Task.Run(() => ReadUntil(camera, CameraClip.Width))).Dispose();
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task CameraButton_WhenLiveConvTakesTheCameraBack_IsReleased()
    {
        using BrowserCamera camera = Open();
        await using TestPage server = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        (IPage page, _) = await browser.OpenAsync(server.Address);
        await page.Context.GrantPermissionsAsync(["camera"]);
        await page.Locator("#camera").ClickAsync();
        (await Task.Run(() => ReadUntil(camera, CameraClip.Width))).Dispose();

        camera.Stop(owner: null, "nothing came");

        await Assertions.Expect(page.Locator("#camera")).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("nothing came");
    }

    [SkippableFact]
    public async Task CameraButton_WithoutPermission_SaysSoAndChangesNothing()
    {
        using BrowserCamera camera = Open();
        await using TestPage server = await TestPage.StartAsync(options: new PageOptions { Camera = camera });
        (IPage page, _) = await browser.OpenAsync(server.Address);

        await page.Locator("#camera").ClickAsync();

        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("not allowed to use its camera");
        Assert.False(camera.IsLive);
    }

    [SkippableFact]
    public async Task CameraButton_WhenTheRunTakesNone_IsHidden()
    {
        await using TestPage server = await TestPage.StartAsync();
        (IPage page, _) = await browser.OpenAsync(server.Address);

        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        await Assertions.Expect(page.Locator("#camera")).ToBeHiddenAsync();
    }

    private static async Task<JsonValueKind> OfferAsync(TestClient client, string size)
    {
        await client.SendAsync($$"""{"camera":{{size}} }""");
        return (await client.TextAsync("camera")).GetProperty("refused").ValueKind;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(5, timeout.Token);
        }
    }

    private BrowserCamera Open(TimeSpan? silence = null)
    {
        var camera = new BrowserCamera(new OneFrameSource(), TimeProvider.System, notices) { Silence = silence ?? TimeSpan.FromSeconds(5) };
        camera.Open(stop.Token);
        return camera;
    }

    private Frame Read(BrowserCamera camera)
    {
        Frame frame = frames.TryRent()!;
        Assert.True(camera.Read(frame));
        return frame;
    }

    private Frame ReadUntil(BrowserCamera camera, int width)
    {
        Frame frame = Read(camera);
        while (frame.Luma.Width != width)
        {
            Assert.True(camera.Read(frame));
        }

        return frame;
    }
}
