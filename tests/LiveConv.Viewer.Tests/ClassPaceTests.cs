using System.Globalization;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace LiveConv.Viewer.Tests;

/// <summary>What measures runs by itself, after everything else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredTests
{
    public const string Name = "measured";
}

/// <summary>How many images a second the pages of a class draw, by their own count, from a source of 1920x1080 at 30 a second.</summary>
[Collection(MeasuredTests.Name)]
public sealed class ClassPaceTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    private const int Fps = 30;

    private const string Count = """
        () => {
          window.drawn = 0;
          new MutationObserver((changes) => (window.drawn += changes.length))
            .observe(document.querySelector("#left canvas"), { attributeFilter: ["data-sequence"] });
        }
        """;

    // On two cores that do nothing else: beside other programs these figures are theirs.
    private static readonly string? Seconds = Environment.GetEnvironmentVariable("LIVECONV_CLASS_SECONDS");
    [SkippableTheory]
    [InlineData(1, 1440, 900, 29, 60)]
    [InlineData(4, 1440, 900, 25, 1000)]
    public async Task Pages_OfAClass_KeepThePace(int count, int width, int height, double minFps, double maxAge)
    {
        Skip.If(Seconds is null, "LIVECONV_CLASS_SECONDS, for how long to measure on a quiet machine, is not set");
        TimeSpan time = TimeSpan.FromSeconds(int.Parse(Seconds!, CultureInfo.InvariantCulture));
        using var stop = new CancellationTokenSource();
        using IFrameSource source =
            Sources.Create(SourceSpec.Parse("test"), new SourceMode(1920, 1080, Fps), TimeProvider.System, new Notices());
        var stats = new FrameStats(TimeProvider.System);
        var controls = new LiveControls([Preset.Seed], Preset.Seed);
        await using var viewer =
            new PageViewer(controls, stats, new Notices(), () => source.Info, TimeProvider.System, new PageOptions());
        PageAddresses addresses = await viewer.StartAsync(PageOptions.DefaultPort, portIsExact: false, CancellationToken.None);
        source.Open(stop.Token);
        Task run = RunAsync(source, viewer, new RunContext(controls, stats, new Notices(), () => source.Info, TimeProvider.System), stop);
        ClassPage[] pages = [.. await Task.WhenAll(
            Enumerable.Range(0, count).Select(_ => ClassPage.OpenAsync(browser, addresses.Presenter, width, height)))];
        await Task.Delay(TimeSpan.FromSeconds(5));

        PageFigures[] figures = await Task.WhenAll(pages.Select(page => page.MeasureAsync(time)));

        await stop.CancelAsync();
        await run;
        output.WriteLine($"{count} pages of {width}x{height}: {string.Join("; ", figures.Select(page => page.ToString()))}");
        Assert.All(figures, page => Assert.InRange(page.Fps, minFps, 1.2 * Fps));
        Assert.All(figures, page => Assert.InRange(page.AgeP95, 0, maxAge));
        Assert.All(figures, page => Assert.InRange(page.Shown, page.Fps * 0.85, page.Fps * 1.15));
    }

    private static Task RunAsync(
        IFrameSource source, PageViewer viewer, RunContext run, CancellationTokenSource stop) => Task.Run(async () =>
    {
        using var workers = new WorkerPool(2);
        await new LivePipeline(source, run, workers, new LivePipelineOptions { Screens = [viewer] }).RunAsync(stop);
    });

    /// <summary>What one page drew.</summary>
    /// <param name="Fps">Images a second, counted on the page.</param>
    /// <param name="Shown">Images a second, as the page shows of itself.</param>
    /// <param name="AgeP95">The age that 95 % of its images were below, in milliseconds.</param>
    private sealed record PageFigures(double Fps, double Shown, double AgeP95)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Fps:F1} fps (shown by it {Shown:F1}), age p95 {AgeP95:F1} ms");
    }

    private sealed class ClassPage(IPage page)
    {
        private (double Shown, double AgeP95) last;

        public static async Task<ClassPage> OpenAsync(Browser browser, Uri address, int width, int height)
        {
            IPage page = await browser.OpenBesideAsync(width, height);
            var one = new ClassPage(page);
            page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => one.OnText(frame.Text);
            await page.GotoAsync(address.AbsoluteUri);
            await page.Locator("#left canvas[data-sequence]").WaitForAsync();
            return one;
        }

        public async Task<PageFigures> MeasureAsync(TimeSpan time)
        {
            await page.EvaluateAsync(Count);
            long begun = TimeProvider.System.GetTimestamp();
            await Task.Delay(time);
            int drawn = await page.EvaluateAsync<int>("() => window.drawn");
            double seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            return new PageFigures(drawn / seconds, last.Shown, last.AgeP95);
        }

        private void OnText(string? text)
        {
            if (text is null || !text.Contains("\"type\":\"stats\"", StringComparison.Ordinal))
            {
                return;
            }

            using JsonDocument stats = JsonDocument.Parse(text);
            last = (stats.RootElement.GetProperty("fps").GetProperty("shown").GetDouble(),
                stats.RootElement.GetProperty("age").GetProperty("p95").GetDouble());
        }
    }
}
