using LiveConv.Convolution;
using LiveConv.Presets;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Pipeline.Tests;

public sealed class WindowScreenTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider time = new();
    private readonly Notices notices = new();
    private readonly FrameStats stats;
    private readonly LiveControls controls = new([Preset.Seed], Preset.Seed);
    private readonly FramePool<Frame> frames = new(4);
    private readonly FramePool<EdgeMaps> pool = new(4);
    private readonly WorkerPool workers = new(1);
    private readonly FakeWindow window = new();
    private readonly WindowScreen screen;
    private readonly TaskCompletionSource quit = new();
    private Task running = Task.CompletedTask;

    public WindowScreenTests()
    {
        stats = new FrameStats(time);
        controls.QuitRequested += () => quit.TrySetResult();
        var info = new SourceInfo("test", new SourceMode(), new SourceMode());
        screen = new WindowScreen(() => window, new RunContext(controls, stats, notices, () => info, time));
    }

    public void Dispose()
    {
        workers.Dispose();
        pool.Dispose();
        frames.Dispose();
    }

    [Fact]
    public async Task Accept_Maps_ShowsThemCountsTheirAgeAndKeepsTheNewestAlone()
    {
        Run();

        await screen.AcceptAsync(Maps(age: TimeSpan.FromMilliseconds(7))).AsTask().WaitAsync(Timeout);

        Assert.Equal(320 * 120, window.NextShown().Length);
        Assert.Equal(["LiveConv - Seed edges"], window.Titles);
        Assert.Equal(1, stats.Shown);
        Assert.Equal(7, stats.Live().Age.P50, 1);
        await screen.AcceptAsync(Maps()).AsTask().WaitAsync(Timeout);
        Assert.Equal((1, 1), (frames.RentedCount, pool.RentedCount));
        await EndAsync();
    }

    [Fact]
    public async Task Complete_BeforeTheWindowHasEnded_GivesTheMapsBack()
    {
        Run();
        await screen.AcceptAsync(Maps()).AsTask().WaitAsync(Timeout);

        await screen.CompleteAsync();

        Assert.Equal((0, 0), (frames.RentedCount, pool.RentedCount));
        await EndAsync();
    }

    [Fact]
    public async Task Accept_WhileTheImageIsDrawn_WaitsForIt()
    {
        window.Gate = new ManualResetEventSlim(false);
        Run();

        Task accepted = screen.AcceptAsync(Maps()).AsTask();
        Assert.False(accepted.IsCompleted);
        window.Gate.Set();

        await accepted.WaitAsync(Timeout);
        await EndAsync();
    }

    [Fact]
    public async Task Accept_ARepeatedImage_HasNoAge()
    {
        Run();
        EdgeMaps maps = Maps(age: TimeSpan.FromSeconds(9));
        maps.Frame.IsRepeat = true;

        await screen.AcceptAsync(maps).AsTask().WaitAsync(Timeout);

        Assert.Equal(0, stats.Live().Age.P99);
        await EndAsync();
    }

    [Fact]
    public async Task Statistics_SwitchedOff_LeaveTheMapsAlone()
    {
        Run();
        await screen.AcceptAsync(Maps()).AsTask().WaitAsync(Timeout);
        byte[] with = window.NextShown();

        window.Press('i');
        byte[] without = window.NextShown();

        Assert.NotEqual(with, without);
        EdgeMaps maps = Maps();
        Assert.Equal(SideBySideOf(maps), without);
        maps.Dispose();
        window.Press('i');
        Assert.Equal(with.Length, window.NextShown().Length);
        await EndAsync();
    }

    [Fact]
    public async Task Key_ThatMeansSomething_ReachesTheControls()
    {
        Run();

        window.Press('p');
        window.Press('x');
        window.Press('q');
        await quit.Task.WaitAsync(Timeout);

        Assert.True(controls.IsPaused);
        await EndAsync();
    }

    [Fact]
    public async Task Escape_InFullScreen_LeavesItAndOnlyThenQuits()
    {
        Run();

        window.Press('f');
        window.Press(WindowInput.Escape);
        window.Press(WindowInput.Escape);
        await quit.Task.WaitAsync(Timeout);

        Assert.Equal([true, false], window.FullScreens);
        await running.WaitAsync(Timeout);
    }

    [Fact]
    public async Task Closed_Window_AsksForTheEndAndLetsGoOfLaterMaps()
    {
        Run();

        window.Close();
        await quit.Task.WaitAsync(Timeout);
        await running.WaitAsync(Timeout);
        await screen.AcceptAsync(Maps()).AsTask().WaitAsync(Timeout);

        Assert.True(window.IsDisposed);
        Assert.Equal((0, 0), (frames.RentedCount, pool.RentedCount));
    }

    [Fact]
    public async Task Show_Fails_TellsTheGiverAndTheThread()
    {
        window.Failure = new LiveConvException("the window is gone");
        Run();

        LiveConvException reported =
            await Assert.ThrowsAsync<LiveConvException>(() => screen.AcceptAsync(Maps()).AsTask().WaitAsync(Timeout));
        LiveConvException thrown = await Assert.ThrowsAsync<LiveConvException>(() => running.WaitAsync(Timeout));

        Assert.Same(reported, thrown);
        Assert.True(window.IsDisposed);
        Assert.Equal((0, 0), (frames.RentedCount, pool.RentedCount));
        await Assert.ThrowsAsync<LiveConvException>(() => screen.AcceptAsync(Maps()).AsTask());
    }

    [Fact]
    public async Task Open_Impossible_SaysWhyAndRunReturns()
    {
        var info = new SourceInfo("test", new SourceMode(), new SourceMode());
        var none = new WindowScreen(
            () => throw new LiveConvException("there is no display"),
            new RunContext(controls, stats, notices, () => info, time));

        await Task.Run(none.Run).WaitAsync(Timeout);

        Assert.Equal("there is no display", (await Assert.ThrowsAsync<LiveConvException>(() => none.Opened)).Message);
    }

    [Fact]
    public async Task Notice_Posted_IsShownForAWhile()
    {
        Run();
        await screen.AcceptAsync(Maps()).AsTask().WaitAsync(Timeout);
        byte[] before = LowestRows(window.NextShown());

        notices.Info("recording to edges.mkv");
        time.Advance(TimeSpan.FromSeconds(1));
        byte[] during = LowestRows(window.NextShown());
        time.Advance(TimeSpan.FromSeconds(7));
        byte[] after = LowestRows(window.NextShown());

        Assert.NotEqual(before, during);
        Assert.Equal(before, after);
        await EndAsync();
    }

    private static byte[] LowestRows(byte[] image) => image[^(320 * 20)..];

    private static byte[] SideBySideOf(EdgeMaps maps)
    {
        byte[] pixels = new byte[320 * 120];
        maps.SideBySide.CopyTo(pixels);
        return pixels;
    }

    private void Run() => running = Task.Run(screen.Run);

    private async Task EndAsync()
    {
        await screen.CompleteAsync();
        await running.WaitAsync(Timeout);
        Assert.True(window.IsDisposed);
        Assert.Equal((0, 0), (frames.RentedCount, pool.RentedCount));
    }

    private EdgeMaps Maps(TimeSpan age = default)
    {
        Frame frame = frames.TryRent()!;
        frame.Resize(160, 120);
        for (int y = 0; y < 120; y++)
        {
            for (int x = 0; x < 160; x++)
            {
                frame.Luma.Row(y)[x] = (byte)((x * x / 3) + (y * 7));
            }
        }

        frame.CaptureTimestamp = time.GetTimestamp() - (long)(age.TotalSeconds * time.TimestampFrequency);
        EdgeMaps maps = pool.TryRent()!;
        maps.Compute(frame, Preset.Seed, workers);
        return maps;
    }
}
