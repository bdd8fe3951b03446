using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;
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
public sealed class ClassPaceTests(ITestOutputHelper output)
{
    private const int Fps = 30;

    // What each page is reported of itself, and what it draws.
    private const string Count = """
        const Socket = WebSocket;
        window.WebSocket = class extends Socket {
          constructor(address) {
            super(address);
            this.addEventListener("message", ({ data }) => {
              const message = typeof data === "string" ? JSON.parse(data) : {};
              if (message.type === "stats") {
                window.reported?.push(message);
              }
            });
          }
        };
        window.measure = async (seconds) => {
          const canvas = document.querySelector("#left canvas");
          let drawn = 0;
          const observer = new MutationObserver((changes) => (drawn += changes.length));
          observer.observe(canvas, { attributeFilter: ["data-sequence"] });
          window.reported = [];
          const begun = performance.now();
          await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
          observer.disconnect();
          // Its figures are of the last two seconds each: those of the first two are of the time before.
          const shown = reported.slice(8).map(({ fps }) => fps.shown);
          return {
            fps: 1000 * drawn / (performance.now() - begun),
            shown: shown.reduce((sum, fps) => sum + fps, 0) / shown.length,
            ageP95: reported.at(-1).age.p95,
          };
        };
        """;

    // On two cores that do nothing else: beside other programs these figures are theirs.
    private static readonly string? Seconds = Environment.GetEnvironmentVariable("LIVECONV_CLASS_SECONDS");

    [SkippableTheory]
    [InlineData(1, 1440, 900, 29, 60)]
    [InlineData(4, 1440, 900, 25, 1000)]
    public async Task Pages_OfAClass_KeepThePace(int count, int width, int height, double minFps, double maxAge)
    {
        Skip.If(Seconds is null, "LIVECONV_CLASS_SECONDS, for how long to measure on a quiet machine, is not set");
        int seconds = int.Parse(Seconds!, CultureInfo.InvariantCulture);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(120 + (2 * seconds)));
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

        PageFigures[] figures = await MeasureAsync(addresses.Presenter, count, width, height, seconds, timeout.Token);

        await stop.CancelAsync();
        await run;
        output.WriteLine($"{count} pages of {width}x{height}: {string.Join("; ", figures.Select(page => page.ToString()))}");
        Assert.All(figures, page => Assert.InRange(page.Fps, minFps, 1.2 * Fps));
        Assert.All(figures, page => Assert.InRange(page.AgeP95, 0, maxAge));
        Assert.All(figures, page => Assert.InRange(page.Shown, page.Fps * 0.9, page.Fps * 1.1));
    }

    private static async Task<PageFigures[]> MeasureAsync(
        Uri address, int count, int width, int height, int seconds, CancellationToken timeout)
    {
        await using PlainChromium chromium = await PlainChromium.StartAsync(timeout);
        var pages = new List<string>();
        for (int i = 0; i < count; i++)
        {
            pages.Add(await chromium.OpenAsync(address, width, height, Count, timeout));
        }

        await Task.Delay(TimeSpan.FromSeconds(5), timeout);
        foreach (string page in pages)
        {
            await chromium.EvaluateAsync(page, $"window.measured = measure({seconds}), 0", timeout);
        }

        var figures = new List<PageFigures>();
        foreach (string page in pages)
        {
            JsonNode measured = (await chromium.EvaluateAsync(page, "window.measured", timeout))!;
            figures.Add(measured.Deserialize<PageFigures>(JsonSerializerOptions.Web)!);
        }

        return [.. figures];
    }

    private static Task RunAsync(
        IFrameSource source, PageViewer viewer, RunContext run, CancellationTokenSource stop) => Task.Run(async () =>
    {
        using var workers = new WorkerPool(2);
        await new LivePipeline(source, run, workers, new LivePipelineOptions { Screens = [viewer] }).RunAsync(stop);
    });

    /// <summary>What one page drew.</summary>
    /// <param name="Fps">Images a second, counted on the page.</param>
    /// <param name="Shown">Images a second, as the page shows of itself; the mean of what it showed.</param>
    /// <param name="AgeP95">The age that 95 % of the last 256 images were below, in milliseconds, as the page shows it.</param>
    private sealed record PageFigures(double Fps, double Shown, double AgeP95)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Fps:F1} fps (shown by it {Shown:F1}), age p95 {AgeP95:F1} ms");
    }
}
