using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Xunit.Abstractions;

namespace LiveConv.Attack.Tests;

/// <summary>
/// Edits within all limits that cost as much as they can: they delay no end, and keep no memory. The best of a few attempts keeps what is
/// promised; where other programs take the processors in all of them, it takes as long as these leave it.
/// </summary>
[UnsupportedOSPlatform("windows")]
[Collection(MeasuredTests.Name)]
public sealed class CostlyPresetTests
{
    private const int Terminate = 15;

    private const int MaxAttempts = 3;
    private const int MoreWhenBusy = 8;
    private static readonly TimeSpan MaxEnd = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaxReturn = TimeSpan.FromSeconds(10);
    private static readonly string Kernel = MakeKernel();

    private readonly ITestOutputHelper output;

    public CostlyPresetTests(ITestOutputHelper output)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals and /proc");
        this.output = output;
    }

    [SkippableTheory]
    [InlineData("q")]
    [InlineData("signal")]
    public Task Edit_ThatTakesSecondsForAnImage_IsReportedAndDelaysNoEnd(string end) => BestOfAsync(MaxEnd, () => TimeToEndAsync(end));

    [SkippableFact]
    public Task Edit_OfManyLargeMaps_GivesItsMemoryBack() => BestOfAsync(MaxReturn, TimeToReturnAsync);

    private async Task BestOfAsync(TimeSpan max, Func<Task<(TimeSpan Time, double TakenByOthers)>> measure)
    {
        TimeSpan best = TimeSpan.MaxValue;
        bool isBusy = true;
        for (int i = 0; i < MaxAttempts && best > max; i++)
        {
            (TimeSpan time, double taken) = await measure();
            output.WriteLine($"{time.TotalMilliseconds:0} ms; other programs took {taken:0.00} processors");
            isBusy &= taken >= OtherPrograms.MaxTaken;
            best = time < best ? time : best;
        }

        Assert.InRange(best, TimeSpan.Zero, isBusy ? max * MoreWhenBusy : max);
    }

    // From the key or the signal to the end of the process.
    private static async Task<(TimeSpan Time, double TakenByOthers)> TimeToEndAsync(string end)
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--size", "1920x1080"]);
        Uri address = await HostilePage.AddressOfAsync(run);
        using HostilePage page = await HostilePage.ConnectAsync(address);
        var others = new OtherPrograms(run.Id);
        string kernels = string.Join(',', Enumerable.Repeat($$"""{"weights":{{Kernel}}}""", 6));

        await page.SendAsync(
            """{"edit":{"version":1,"name":"b","layers":[{"upsample":{"kind":"nearest","factor":4}},{"kernels":["""
            + kernels + """]},{"pool":{"kind":"max","size":1,"stride":4}}]}}""");
        await page.UntilAsync("preset edited-1 will take about");
        using HostilePage other = await HostilePage.ConnectAsync(address);

        double taken = others.Processors;
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
        return (watch.Elapsed, taken);
    }

    // From the next preset until the process has at most a fifth more memory than before.
    private static async Task<(TimeSpan Time, double TakenByOthers)> TimeToReturnAsync()
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--size", "640x480"]);
        using HostilePage page = await HostilePage.ConnectAsync(await HostilePage.AddressOfAsync(run));
        await page.CountImagesAsync(TimeSpan.FromSeconds(3));
        var others = new OtherPrograms(run.Id);
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
        while (after > before * 6 / 5 && watch.Elapsed < MoreWhenBusy * MaxReturn)
        {
            await page.CountImagesAsync(TimeSpan.FromMilliseconds(500));
            after = MemoryOf(run.Id);
        }

        return (after <= before * 6 / 5 ? watch.Elapsed : TimeSpan.MaxValue, others.Processors);
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
