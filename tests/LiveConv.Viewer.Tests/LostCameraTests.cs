using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Playwright;

namespace LiveConv.Viewer.Tests;

/// <summary>A network camera that is killed and started again under a page and a recording.</summary>
public sealed partial class LostCameraTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private const double Fps = 3;

    // A busy machine is late by so much.
    private const double Tolerance = 0.8;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");
    private readonly TimeProvider time = TimeProvider.System;
    private readonly Notices notices = new();

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableFact]
    public async Task HttpCamera_KilledAndRestarted_PageSaysSoAndTheRecordingHasTheGap()
    {
        byte[] jpeg = await JpegAsync();
        double[] sent = [.. Enumerable.Range(0, 1000).Select(i => i / Fps)];
        string path = Path.Combine(folder.FullName, "edges.mkv");
        HttpCamera camera = new(jpeg, sent);
        int port = camera.Port;
        using var stop = new CancellationTokenSource();
        using IFrameSource source = Sources.Create(SourceSpec.Parse(camera.Address), new SourceMode(), time, notices);
        var stats = new FrameStats(time);
        var controls = new LiveControls([Preset.Seed], Preset.Seed) { IsRecording = true };
        await using var viewer = new PageViewer(
            controls, stats, notices, () => source.Info, time, new PageOptions { Format = PageFormat.Raw });
        PageAddresses addresses = await viewer.StartAsync(PageOptions.DefaultPort, portIsExact: false, CancellationToken.None);
        (IPage page, IReadOnlyList<string> complaints) = await browser.OpenAsync(addresses.Presenter);
        await Task.Run(() => source.Open(stop.Token));
        Task run = RunAsync(source, viewer, controls, stats, path, stop);
        await Until(() => stats.Shown >= 1);
        long begun = time.GetTimestamp();
        ILocator status = page.Locator("#status");
        await Assertions.Expect(status).ToContainTextAsync("Recording");
        await page.Keyboard.PressAsync("i");
        await Until(() => stats.Shown >= 3);

        camera.Dispose();
        long killed = time.GetTimestamp();
        await Assertions.Expect(page.Locator("#statistics")).ToContainTextAsync($"waiting for http://127.0.0.1:{port}/...");
        await Assertions.Expect(page.Locator("#notices .problem").First).ToContainTextAsync("waiting for");
        await Until(async () => await AgeAsync(page) > TimeSpan.FromSeconds(2));
        TimeSpan away = time.GetElapsedTime(killed);
        Assert.InRange(await AgeAsync(page), away - TimeSpan.FromSeconds(Tolerance), away + TimeSpan.FromSeconds(Tolerance));
        long shownBefore = stats.Shown;
        camera = new HttpCamera(jpeg, sent, port);
        await Until(() => stats.Shown >= shownBefore + 3);
        double passed = time.GetElapsedTime(begun).TotalSeconds;
        await Assertions.Expect(page.Locator("#statistics")).ToContainTextAsync("found again");
        await Until(async () => await AgeAsync(page) < TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await run;
        camera.Dispose();

        Assert.Empty(complaints);
        RecordingCheckResult check = RecordingCheck.Run(path, CancellationToken.None);
        Assert.True(check.IsGood, string.Join('\n', check.ToLines()));
        Assert.InRange(check.Duration.TotalSeconds, passed - Tolerance, passed + 2);
        Assert.InRange(check.LongestGap.TotalSeconds, 2, passed);
    }

    private Task RunAsync(
        IFrameSource source, PageViewer viewer, LiveControls controls, FrameStats stats, string path, CancellationTokenSource stop)
    {
        var recorders = RecorderFactory.Create(
            new RecordingOptions(path), new RecordingContext(() => source.Info, stats, time, notices));
        return Task.Run(async () =>
        {
            using var workers = new WorkerPool(1);
            var run = new RunContext(controls, stats, notices, () => source.Info, time);
            await new LivePipeline(
                source, run, workers, new LivePipelineOptions { Screens = [viewer], StartRecording = recorders.Start }).RunAsync(stop);
        });
    }

    private static async Task<TimeSpan> AgeAsync(IPage page)
    {
        string figures = await page.Locator("#statistics").InnerTextAsync();
        Match now = Now().Match(figures);
        return now.Success
            ? TimeSpan.FromMilliseconds(double.Parse(now.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            : TimeSpan.Zero;
    }

    private static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            await Task.Delay(50, timeout.Token);
        }
    }

    private static async Task<byte[]> JpegAsync()
    {
        Skip.IfNot(RecorderFactory.HasEncoder, "ffmpeg is not installed");
        string[] arguments =
        [
            "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x120", "-frames:v", "1", "-pix_fmt", "yuvj420p", "-f", "mjpeg", "-",
        ];
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(output);
        await ffmpeg.WaitForExitAsync();
        return output.ToArray();
    }

    [GeneratedRegex(@"\bnow\s+([0-9.]+)")]
    private static partial Regex Now();
}
