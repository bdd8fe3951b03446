using System.Diagnostics;
using System.Runtime.Versioning;

namespace LiveConv.Attack.Tests;

/// <summary>Pages that claim the camera: without images, and from size to size, while a recording runs.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(MeasuredTests.Name)]
public sealed class CameraFlappingTests
{
    private const int Fps = 30;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8);

    public CameraFlappingTests() => Skip.IfNot(OperatingSystem.IsLinux(), "signals");

    [SkippableFact]
    public async Task Claims_WithoutImages_HoldNothingUp()
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--size", "320x240", "--fps", $"{Fps}"]);
        Uri address = await HostilePage.AddressOfAsync(run);
        using var honest = new HonestPage(address, Fps);
        honest.Measure(TimeSpan.FromSeconds(2));
        PageFigures alone = honest.Measure(TimeSpan.FromSeconds(4));
        using var stop = new CancellationTokenSource();
        Task[] claims = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () => Claim(address, hasImages: false, stop.Token), TaskCreationOptions.LongRunning))];

        PageFigures attacked = honest.Measure(Time);

        await stop.CancelAsync();
        await Task.WhenAll(claims);
        Assert.InRange(attacked.Fps, alone.Fps / 2, Fps * 1.2);
    }

    [SkippableFact]
    public async Task Camera_FlappingBetweenSizes_MakesFewFiles()
    {
        using var folder = new TemporaryFolder();
        using LiveConvProcess run = LiveConvProcess.Start(
            ["--source", "test", "--size", "320x240", "--record", Path.Combine(folder.Path, "r.y4m")]);
        Uri address = await HostilePage.AddressOfAsync(run);
        using var stop = new CancellationTokenSource(Time);
        var watch = Stopwatch.StartNew();

        Claim(address, hasImages: true, stop.Token);

        double seconds = watch.Elapsed.TotalSeconds;
        using HostilePage page = await HostilePage.ConnectAsync(address);
        Assert.True(await page.CountImagesAsync(TimeSpan.FromSeconds(8)) > 0);
        run.Signal(15);
        Assert.Equal(143, (await run.EndAsync()).ExitCode);

        // Six starts at once and one in two seconds, each with a return to the test scene.
        Assert.InRange(Directory.GetFiles(folder.Path, "*.y4m").Length, 1, 2 * (6 + (int)(seconds / 2) + 2));
    }

    // Two sizes in turn, as fast as answers come.
    private static void Claim(Uri address, bool hasImages, CancellationToken stop)
    {
        using RawPage page = RawPage.Connect(address, RawPage.CookieOf(address));
        (byte[] Offer, byte[] Image)[] sizes = [SizeOf(160, 120), SizeOf(80, 60)];
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            page.Write(sizes[i % 2].Offer);
            bool isGranted = Answer(page, "\"camera\"", stop).Contains("null", StringComparison.Ordinal);
            for (int image = 0; isGranted && hasImages && image < 3; image++)
            {
                page.Write(sizes[i % 2].Image);
            }
        }
    }

    private static (byte[] Offer, byte[] Image) SizeOf(int width, int height) => (
        RawPage.Frame("{\"camera\":{\"width\":" + width + ",\"height\":" + height + "}}"),
        RawPage.Frame(0x82, new byte[width * height]));

    private static string Answer(RawPage page, string kind, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (page.Read() == 1 && System.Text.Encoding.UTF8.GetString(page.Message) is var text
                && text.Contains("\"type\":" + kind, StringComparison.Ordinal))
            {
                return text;
            }
        }

        return "";
    }
}
