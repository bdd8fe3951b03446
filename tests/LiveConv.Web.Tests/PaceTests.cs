using System.Globalization;
using System.Text.Json;
using LiveConv.Viewer.Tests;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace LiveConv.Web.Tests;

/// <summary>
/// How many images a second a tab draws of a camera of 60 a second, how old they are, how soon the first one is there, and whether memory
/// stays as it is. For LIVECONV_WEB_SECONDS on two cores that do nothing else, else only for a moment.
/// </summary>
[Collection(PublishedTabTestGroup.Name)]
public sealed class PaceTests(PublishedTab published, ITestOutputHelper output)
{
    private const int Fps = 60;
    private const string Figures = """
        const Real = Worker;
        window.Worker = class extends Real {
          constructor(...all) {
            super(...all);
            this.addEventListener("message", ({ data }) => {
              const message = typeof data === "string" ? JSON.parse(data) : {};
              if (message.type === "stats") {
                window.stats = message;
              }
            });
          }
        };
        """;

    private const string FirstMaps = """
        new MutationObserver((changes, observer) => {
          if (document.querySelector("#left canvas")?.dataset.sequence) {
            window.firstMaps = performance.now();
            observer.disconnect();
          }
        }).observe(document, { subtree: true, attributeFilter: ["data-sequence"] });
        """;

    private static readonly string? Seconds = Environment.GetEnvironmentVariable("LIVECONV_WEB_SECONDS");
    private static readonly bool IsMeasured = Seconds is not null;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(IsMeasured ? int.Parse(Seconds!, CultureInfo.InvariantCulture) : 3);

    [SkippableTheory]
    [InlineData(640, 480, 58, "seed", "sobel", "scharr", "prewitt")]
    [InlineData(1280, 720, 29.5, "seed", "sobel", "scharr", "prewitt")]
    public async Task Camera_InATab_KeepsThePace(int width, int height, double minFps, params string[] presets)
    {
        string clip = ClipOf(width, height);
        try
        {
            await using WebSite site = await WebSite.StartAsync(published.Folder, "/");
            await using IBrowser browser = await published.LaunchAsync(clip);
            IBrowserContext context = await browser.NewContextAsync(
                new() { ViewportSize = new() { Width = 1280, Height = 800 }, Permissions = ["camera"] });
            await context.AddInitScriptAsync(Figures);
            var tab = new TabPage(context, await context.NewPageAsync());
            await tab.Page.GotoAsync(site.Address.AbsoluteUri);
            await tab.DrawnAsync();
            await tab.Page.PressControlAsync("#sources-open");
            await tab.Page.GetByLabel("Size", new() { Exact = true }).SelectOptionAsync($"{width}x{height}");
            await tab.Page.GetByLabel("Images a second").SelectOptionAsync("60 fps");
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Camera", Exact = true }).ClickAsync();
            await Expect(tab.Page.Locator("#source")).ToContainTextAsync($"{width}x{height}");
            var memory = new List<long>();
            foreach (string preset in IsMeasured ? presets : presets[..1])
            {
                await tab.Page.SelectOptionAsync("#presets", preset);
                await Task.Delay(TimeSpan.FromSeconds(3));
                memory.Add(await BytesAsync(browser));
                await Task.Delay(Time);
                JsonElement stats = await tab.Page.EvaluateAsync<JsonElement>("() => stats");
                double shown = stats.GetProperty("fps").GetProperty("shown").GetDouble();
                double age = stats.GetProperty("age").GetProperty("p95").GetDouble();
                memory.Add(await BytesAsync(browser));
                output.WriteLine($"{width}x{height} {preset}: {shown:0.0} fps, age p95 {age:0.0} ms, {memory[^1] / 1e6:0} MB");
                Assert.InRange(shown, IsMeasured ? minFps : 1, 1.2 * Fps);
                Assert.InRange(age, 0, IsMeasured ? 50 : 5000);
            }

            // At first the garbage collectors have not run yet.
            Assert.InRange(memory[^1], 1, IsMeasured ? memory[1] + 50_000_000 : long.MaxValue);
            Assert.Empty(tab.Complaints);
        }
        finally
        {
            File.Delete(clip);
        }
    }

    [SkippableFact]
    public async Task FirstMaps_ColdAndWarm_AreThereSoon()
    {
        await using WebSite site = await WebSite.StartAsync(published.Folder, "/");
        await using IBrowser browser = await published.LaunchAsync(null);
        IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        await context.AddInitScriptAsync(FirstMaps);
        double cold = await OpenedAsync(context, site);
        double warm = await OpenedAsync(context, site);

        output.WriteLine($"first maps: cold {cold:0} ms, warm {warm:0} ms");
        Assert.InRange(cold, 1, IsMeasured ? 2500 : 60_000);
        Assert.InRange(warm, 1, IsMeasured ? 1000 : 60_000);
    }

    private static async Task<double> OpenedAsync(IBrowserContext context, WebSite site)
    {
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(site.Address.AbsoluteUri);
        await page.WaitForFunctionAsync("() => window.firstMaps");
        await page.WaitForFunctionAsync("async () => (await navigator.serviceWorker.ready).active?.state === 'activated'");
        double time = await page.EvaluateAsync<double>("() => firstMaps");
        await page.CloseAsync();
        return time;
    }

    // What the browser's processes have in memory.
    private static async Task<long> BytesAsync(IBrowser browser)
    {
        ICDPSession session = await browser.NewBrowserCDPSessionAsync();
        JsonElement processes = (await session.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo");
        await session.DetachAsync();
        return processes.EnumerateArray().Where(process => process.GetProperty("type").GetString() == "renderer")
            .Sum(process => Resident(process.GetProperty("id").GetInt32()));
    }

    private static long Resident(int process)
    {
        string file = $"/proc/{process}/statm";
        return File.Exists(file)
            ? long.Parse(File.ReadAllText(file).Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize
            : 0;
    }

    // A pattern that moves.
    private static string ClipOf(int width, int height)
    {
        string path = Path.Combine(Path.GetTempPath(), $"liveconv-camera-{Guid.NewGuid():N}.y4m");
        using FileStream file = File.Create(path);
        file.Write(System.Text.Encoding.ASCII.GetBytes($"YUV4MPEG2 W{width} H{height} F{Fps}:1 Ip A1:1 C420jpeg\n"));
        var luma = new byte[width * height];
        for (int frame = 0; frame < 4; frame++)
        {
            for (int i = 0; i < luma.Length; i++)
            {
                (int x, int y) = (i % width, i / width);
                luma[i] = (byte)(20 + ((x + (2 * y) + (40 * frame) + (60 * (((x >> 4) ^ (y >> 4)) & 1))) % 200));
            }

            file.Write("FRAME\n"u8);
            file.Write(luma);
            file.Write([.. Enumerable.Repeat((byte)128, luma.Length / 2)]);
        }

        return path;
    }
}
