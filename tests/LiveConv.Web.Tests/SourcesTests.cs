using LiveConv.Convolution;
using LiveConv.Presets;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveConv.Web.Tests;

/// <summary>What can be filtered in a tab, and what is made of it.</summary>
[Collection(PublishedTabTestGroup.Name)]
public sealed class SourcesTests(PublishedTab published)
{
    // Dropped as a browser does it: a file, wherever on the page.
    internal const string Drop = """
        async ({ name, type, base64 }) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          const files = new DataTransfer();
          files.items.add(new File([bytes], name, { type }));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
        }
        """;

    private const string LengthOf = """
        async (base64) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          const video = document.createElement("video");
          video.src = URL.createObjectURL(new Blob([bytes], { type: "video/webm" }));
          await new Promise((loaded, failed) => Object.assign(video, { onloadedmetadata: loaded, onerror: failed }));
          return video.duration;
        }
        """;

    internal const string Bar = """
        async () => {
          const canvas = new OffscreenCanvas(48, 32);
          const context = canvas.getContext("2d");
          context.fillStyle = "rgb(40 40 40)";
          context.fillRect(0, 0, 48, 32);
          context.fillStyle = "rgb(200 200 200)";
          context.fillRect(20, 4, 7, 24);
          const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
          return btoa(String.fromCharCode(...bytes));
        }
        """;

    [SkippableFact]
    public async Task Sources_CameraImageAndVideo_AreFilteredHere()
    {
        await using WebSite site = await WebSite.StartAsync(published.Folder, "/");
        await using TabPage tab = await published.OpenAsync(site.Address, "camera", "clipboard-read", "clipboard-write");
        IPage page = tab.Page;
        await tab.DrawnAsync();

        await page.PressControlAsync("#sources-open");
        await page.GetByRole(AriaRole.Button, new() { Name = "Camera", Exact = true }).ClickAsync();
        await Expect(page.Locator("#source")).ToContainTextAsync("640x480");
        await Expect(page.Locator("#source")).ToContainTextAsync("liveconv-camera");
        await tab.DrawnAsync();
        await page.Keyboard.PressAsync("i");
        await Expect(page.Locator("#figures-now")).ToContainTextAsync("640x480@30");
        await page.Keyboard.PressAsync("i");

        await page.Keyboard.PressAsync("v");
        string bar = await page.EvaluateAsync<string>(Bar);
        await page.EvaluateAsync(Drop, new { name = "bar.png", type = "image/png", base64 = bar });
        await Expect(page.Locator("#source")).ToContainTextAsync("bar.png  48x32");
        await page.WaitForFunctionAsync("() => document.querySelector('#left canvas').width === 48");
        Assert.Equal(SeedOfTheBar(), await Canvas.PixelsAsync(page, "left"));

        // The sum of the seed's columns 1 0 -1 at the bar's left side.
        await page.EvaluateAsync("() => { location.hash = 'lens=left.19.10&view=v'; }");
        await Expect(page.Locator("#xray-said")).ToContainTextAsync("row 10, column 19: sum");
        await Expect(page.Locator("#xray-said")).ToContainTextAsync("480");
        await page.Keyboard.PressAsync("x");

        // What is recorded here is a video that can be played here.
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator("#status")).ToContainTextAsync("Recording");
        await Task.Delay(TimeSpan.FromSeconds(2));
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.PressAsync("l");
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#recordings-list a").ClickAsync());
        string recorded = Convert.ToBase64String(await File.ReadAllBytesAsync(await download.PathAsync()));
        await page.Keyboard.PressAsync("l");
        Assert.InRange(await page.EvaluateAsync<double>(LengthOf, recorded), 1.5, 10);
        await page.EvaluateAsync(Drop, new { name = "recorded.webm", type = "video/webm", base64 = recorded });
        await Expect(page.Locator("#source")).ToContainTextAsync("recorded.webm  96x32");
        await tab.DrawnAsync();

        await page.EvaluateAsync(Drop, new { name = "text.txt", type = "text/plain", base64 = "YWJj" });
        await Expect(page.Locator("#notices")).ToContainTextAsync("neither as an image nor as a video");
        await Expect(page.Locator("#source")).ToContainTextAsync("recorded.webm");
        Assert.Empty(tab.Complaints);
    }

    // A headless Chromium has no screen to share: a canvas is in its place.
    private const string Screen = """
        () => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
          const context = canvas.getContext("2d");
          setInterval(() => context.fillRect(Math.random() * 64, 0, 4, 48), 30);
          navigator.mediaDevices.getDisplayMedia = async () => canvas.captureStream();
        }
        """;

    [SkippableFact]
    public async Task Screen_Shared_IsFilteredHere()
    {
        await using WebSite site = await WebSite.StartAsync(published.Folder, "/");
        await using TabPage tab = await published.OpenAsync(site.Address);
        await tab.DrawnAsync();
        await tab.Page.EvaluateAsync(Screen);

        await tab.Page.PressControlAsync("#sources-open");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "This screen" }).ClickAsync();

        await Expect(tab.Page.Locator("#source")).ToContainTextAsync("screen  64x48");
        await tab.DrawnAsync();
        await tab.Page.PressControlAsync("#sources-open");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Built-in scene" }).ClickAsync();
        await Expect(tab.Page.Locator("#source")).ToContainTextAsync("test scene");
        Assert.Empty(tab.Complaints);
    }

    [SkippableFact]
    public async Task Camera_Denied_IsReportedAndChangesNothing()
    {
        await using WebSite site = await WebSite.StartAsync(published.Folder, "/");
        await using TabPage tab = await published.OpenAsync(site.Address);
        await tab.DrawnAsync();

        await tab.Page.PressControlAsync("#sources-open");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Camera", Exact = true }).ClickAsync();

        await Expect(tab.Page.Locator("#notices")).ToContainTextAsync("was not allowed to use its camera");
        await Expect(tab.Page.Locator("#source")).ToContainTextAsync("test scene");
        await tab.DrawnAsync();
    }

    [SkippableFact]
    public async Task Link_OpenedElsewhere_ShowsTheSame_AndBadOnesChangeNothing()
    {
        await using WebSite site = await WebSite.StartAsync(published.Folder, "/");
        await using TabPage tab = await published.OpenAsync(site.Address, "clipboard-read", "clipboard-write");
        await tab.DrawnAsync();
        await tab.Page.SelectOptionAsync("#presets", "prewitt");
        await tab.Page.Keyboard.PressAsync("j");
        await Expect(tab.Page).ToHaveTitleAsync("Prewitt 3x3 – LiveConv");
        await tab.Page.PressControlAsync("#share-open");
        await Expect(tab.Page.Locator("#notices")).ToContainTextAsync("Link copied");
        string link = await tab.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

        await using TabPage other = await published.OpenAsync(new Uri(link));
        await other.DrawnAsync();
        await Expect(other.Page).ToHaveTitleAsync("Prewitt 3x3 – LiveConv");
        await Expect(other.Page.Locator("body")).ToHaveAttributeAsync("data-panes", "1");

        string deep = string.Concat(Enumerable.Repeat('[', 70)) + string.Concat(Enumerable.Repeat(']', 70));
        string[] all =
        [
            "preset=none", "view=%00", "kernels={}", "kernels=[", "lens=1.2.3", "source=all", "a=b", "view=j&view=k", "%E0%A4%A",
            "lens=left.1.1&kernels=[", $"kernels={{\"a\":{deep}}}", $"kernels={{\"name\":\"{new string('a', 70_000)}\"}}",
        ];
        foreach (string bad in all)
        {
            int before = await other.Page.Locator("#log-list li").CountAsync();
            await other.Page.EvaluateAsync("(bad) => { location.hash = bad; }", bad);
            await Expect(other.Page.Locator("#log-list li")).ToHaveCountAsync(before + 1);
            await Expect(other.Page.Locator("#log-list li").First).ToContainTextAsync("nothing has changed");
            await Expect(other.Page).ToHaveTitleAsync("Prewitt 3x3 – LiveConv");
        }

        Assert.Empty(other.Complaints);
    }

    internal static byte[] SeedOfTheBar()
    {
        using var image = new Plane<byte>(48, 32);
        using var vertical = new Plane<byte>(48, 32);
        using var horizontal = new Plane<byte>(48, 32);
        using var workers = new WorkerPool(1);
        for (int y = 0; y < 32; y++)
        {
            for (int x = 0; x < 48; x++)
            {
                image.Row(y)[x] = (byte)(x is >= 20 and < 27 && y is >= 4 and < 28 ? 200 : 40);
            }
        }

        Preset.Seed.Bank!.Apply(image.View, [vertical, horizontal], workers);
        var pixels = new byte[48 * 32];
        vertical.CopyTo(pixels);
        return pixels;
    }
}
