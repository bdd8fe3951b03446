using System.Globalization;
using System.Runtime.Versioning;
using Xunit.Abstractions;

namespace LiveConv.Attack.Tests;

/// <summary>What measures runs by itself, after everything else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredTests
{
    public const string Name = "measured";
}

/// <summary>Fifteen pages do their worst; one honest page and a recording notice little of it.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(MeasuredTests.Name)]
public sealed class FairShareTests
{
    private const int Fps = 30;
    private const int Terminate = 15;
    private const int MaxAttempts = 3;

    // LIVECONV_ATTACK_SECONDS=30 for figures to write down, on a machine that does nothing else.
    private static readonly string? Seconds = Environment.GetEnvironmentVariable("LIVECONV_ATTACK_SECONDS");
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(int.Parse(Seconds ?? "6", CultureInfo.InvariantCulture));

    private readonly ITestOutputHelper output;

    public FairShareTests(ITestOutputHelper output)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "priorities of threads, and signals");
        this.output = output;
    }

    [SkippableTheory]
    [InlineData("640x480", "guest")]
    [InlineData("640x480", "presenter")]
    [InlineData("1280x720", "guest")]
    [InlineData("1920x1080", "guest")]
    public async Task Guests_DoingTheirWorst_TakeLittleFromAnHonestPage(string size, string honest)
    {
        using var folder = new TemporaryFolder();
        string recording = Path.Combine(folder.Path, "r.mkv");
        using LiveConvProcess run = Start("--size", size, "--listen", "127.0.0.1", "--record", recording);
        RunAddresses addresses = await RunAddresses.OfAsync(run);

        AssertFair(
            $"{size}, a {honest}'s page", run, honest == "guest" ? addresses.Guest : addresses.Presenter,
            () => Crowd.OfGuests(addresses.Guest));

        run.Signal(Terminate);
        LiveConvProcess.Ended ended = await run.EndAsync();
        Assert.Equal(143, ended.ExitCode);
        Assert.True(new FileInfo(recording).Length > 0);
    }

    [SkippableFact]
    public async Task GuestsAndStrangers_Together_TakeLittleFromAnHonestPageAndARecording()
    {
        const string Size = "1280x720";
        using var folder = new TemporaryFolder();
        string recording = Path.Combine(folder.Path, "r.mkv");
        using LiveConvProcess run = Start("--size", Size, "--listen", "127.0.0.1", "--record", recording);
        RunAddresses addresses = await RunAddresses.OfAsync(run);

        AssertFair($"{Size}, guests and strangers", run, addresses.Guest, () => Crowd.OfGuests(addresses.Guest), () =>
            Crowd.OfStrangers(addresses.Guest));

        run.Signal(Terminate);
        Assert.Equal(143, (await run.EndAsync()).ExitCode);
        Assert.True(new FileInfo(recording).Length > 0);
    }

    [SkippableFact]
    public async Task Frames_FloodedByFifteenGuests_TakeLittleFromAnHonestPage()
    {
        using LiveConvProcess run = Start("--size", "1280x720", "--listen", "127.0.0.1");
        RunAddresses addresses = await RunAddresses.OfAsync(run);

        AssertFair("frames that hold nothing", run, addresses.Guest, () => Crowd.OfFrames(addresses.Guest));
    }

    [SkippableFact]
    public async Task Presets_FloodedByFifteenPresenters_ReachOthersAsFewSmallStates()
    {
        using LiveConvProcess run = Start("--size", "640x480");
        Uri address = await HostilePage.AddressOfAsync(run);

        PageFigures attacked = AssertFair("presets", run, address, () => Crowd.OfPresets(address));

        Assert.InRange(attacked.TextBytes, 0, 60_000);
    }

    private static LiveConvProcess Start(params string[] arguments) =>
        LiveConvProcess.Start(["--source", "test", "--fps", $"{Fps}", .. arguments]);

    // What is promised: the rate within 10 %, the age within 20 ms; kept by one of a few attempts. Beside other programs of the machine it
    // cannot be: then half the rate must be left, and where these leave the page no full rate alone, the age is theirs.
    private PageFigures AssertFair(string what, LiveConvProcess run, Uri address, params Func<Crowd>[] crowds)
    {
        using var page = new HonestPage(address, Fps);
        page.Measure(TimeSpan.FromSeconds(2));
        PageFigures attacked;
        bool isFair;
        int attempt = 0;
        do
        {
            var others = new OtherPrograms(run.Id);
            PageFigures alone = page.Measure(Time);
            attacked = Attack(page, crowds);
            double taken = others.Processors;
            output.WriteLine($"{what}: alone {alone}; beside 15 {attacked}; other programs took {taken:0.00} processors");
            bool isStrict = Seconds is not null || taken < OtherPrograms.MaxTaken;
            bool isAgeOurs = Seconds is not null || alone.Fps > 0.9 * Fps;
            isFair = attacked.Fps >= alone.Fps * (isStrict ? 0.9 : 0.5)
                && (!isAgeOurs || attacked.AgeP95 <= alone.AgeP95 + (isStrict ? 20 : 1000));
        }
        while (!isFair && ++attempt < MaxAttempts);

        Assert.True(isFair, $"{what}: {attacked}");
        return attacked;
    }

    private static PageFigures Attack(HonestPage page, Func<Crowd>[] crowds)
    {
        Crowd[] all = [.. crowds.Select(start => start())];
        try
        {
            page.Measure(TimeSpan.FromSeconds(1));
            return page.Measure(Time);
        }
        finally
        {
            Array.ForEach(all, crowd => crowd.Dispose());
        }
    }
}
