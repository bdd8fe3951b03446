using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace LiveConv.Attack.Tests;

/// <summary>Edits within all limits that cost as much as they can: they delay no end, and keep no memory.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CostlyPresetTests
{
    private const int Terminate = 15;

    // On a busy machine; alone it is half a second.
    private static readonly TimeSpan MaxEnd = TimeSpan.FromSeconds(3);

    private static readonly string Kernel = MakeKernel();

    public CostlyPresetTests() => Skip.IfNot(OperatingSystem.IsLinux(), "signals and /proc");

    [SkippableTheory]
    [InlineData("q")]
    [InlineData("signal")]
    public async Task Edit_ThatTakesSecondsForAnImage_IsReportedAndDelaysNoEnd(string end)
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--size", "1920x1080"]);
        Uri address = await HostilePage.AddressOfAsync(run);
        using HostilePage page = await HostilePage.ConnectAsync(address);
        string kernels = string.Join(',', Enumerable.Repeat($$"""{"weights":{{Kernel}}}""", 6));

        await page.SendAsync(
            """{"edit":{"version":1,"name":"b","layers":[{"upsample":{"kind":"nearest","factor":4}},{"kernels":["""
            + kernels + """]},{"pool":{"kind":"max","size":1,"stride":4}}]}}""");
        await page.UntilAsync("preset edited will take about");
        using HostilePage other = await HostilePage.ConnectAsync(address);

        var watch = Stopwatch.StartNew();
        if (end == "q")
        {
            await other.SendAsync("""{"key":"q"}""");
        }
        else
        {
            run.Signal(Terminate);
        }

        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(end == "q" ? 0 : 143, ended.ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, MaxEnd);
    }

    [SkippableFact]
    public async Task Edit_OfManyLargeMaps_GivesItsMemoryBack()
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--size", "640x480"]);
        using HostilePage page = await HostilePage.ConnectAsync(await HostilePage.AddressOfAsync(run));
        await page.CountImagesAsync(TimeSpan.FromSeconds(3));
        long before = MemoryOf(run.Id);
        string kernels = string.Join(',', Enumerable.Repeat("""{"weights":[[1]]}""", 12));

        await page.SendAsync(
            """{"edit":{"version":1,"name":"m","layers":[{"kernels":[""" + kernels
            + """]},{"upsample":{"kind":"nearest","factor":4}},{"activation":"relu"},{"activation":"relu"}]}}""");
        await page.UntilAsync("\"name\":\"m\"");
        using (var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60)))
        {
            while (MemoryOf(run.Id) < before + (400 << 20))
            {
                await page.NextAsync(timeout.Token);
            }
        }

        await page.SendAsync("""{"preset":"seed"}""");
        var watch = Stopwatch.StartNew();
        long after = long.MaxValue;
        while (after > before * 6 / 5 && watch.Elapsed < TimeSpan.FromSeconds(20))
        {
            await page.CountImagesAsync(TimeSpan.FromMilliseconds(500));
            after = MemoryOf(run.Id);
        }

        Assert.InRange(after >> 20, 0, before * 6 / 5 >> 20);
    }

    private static long MemoryOf(int process) => 1024 * long.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);

    private static string MakeKernel()
    {
        var random = new Random(7);
        return "[" + string.Join(',', Enumerable.Range(0, 31).Select(_ =>
            "[" + string.Join(',', Enumerable.Range(0, 31).Select(_ => random.Next(10))) + "]")) + "]";
    }
}
