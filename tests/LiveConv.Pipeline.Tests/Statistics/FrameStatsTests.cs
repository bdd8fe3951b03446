using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Pipeline.Tests.Statistics;

public class FrameStatsTests
{
    private readonly FakeTimeProvider time = new();
    private readonly FrameStats stats;

    public FrameStatsTests() => stats = new FrameStats(time);

    [Fact]
    public void Whole_NothingHappened_IsAllZeros()
    {
        StatsSnapshot whole = stats.Whole();

        Assert.Equal((0, 0, 0, 0), (whole.Frames.In, whole.Frames.Out, whole.Frames.Shown, whole.Frames.Recorded));
        Assert.Empty(whole.Frames.Dropped);
        Assert.Equal(new FrameRates(0, 0, 0), whole.Fps);
        Assert.Equal(["capture", "convolve", "display", "record"], whole.Ms.Keys.Order());
        Assert.All(whole.Ms.Values, ms => Assert.Equal(default, ms));
    }

    [Fact]
    public void Whole_AfterCounting_HoldsEachCountUnderItsName()
    {
        stats.CountIn();
        stats.CountIn();
        stats.CountIn();
        stats.CountOut(time.GetTimestamp());
        stats.CountOut(time.GetTimestamp());
        stats.CountShown(null);
        stats.CountRecorded();
        stats.CountDropped(DropCause.LostBySource, 4);
        stats.CountDropped(DropCause.Superseded);
        stats.CountDropped(DropCause.Damaged, 0);

        FrameCounts counts = stats.Whole().Frames;

        Assert.Equal((3, 2, 1, 1), (counts.In, counts.Out, counts.Shown, counts.Recorded));
        Assert.Equal(new Dictionary<string, long> { ["superseded"] = 1, ["lostBySource"] = 4 }, counts.Dropped);
        Assert.Equal(4, stats.Dropped(DropCause.LostBySource));
    }

    [Fact]
    public void CountOut_Frame_FilteredAgeCountsFromItsCapture()
    {
        long taken = time.GetTimestamp();
        time.Advance(TimeSpan.FromMilliseconds(3));

        stats.CountOut(taken);

        Assert.Equal(3, stats.Live().FilteredAge.P50);
        Assert.Equal(default, stats.Live().Age);
    }

    [Fact]
    public void CountShown_Image_AgeCountsFromItsCapture()
    {
        long taken = time.GetTimestamp();
        time.Advance(TimeSpan.FromMilliseconds(12.5));

        stats.CountShown(taken);

        Assert.Equal(12.5, stats.Live().Age.P50);
        Assert.Equal(12.5, stats.Whole().Age.P50, 12.5 * 0.03);
    }

    [Fact]
    public void CountShown_RepeatedImage_HasNoAge()
    {
        stats.CountShown(null);

        Assert.Equal(1, stats.Shown);
        Assert.Equal(default, stats.Live().Age);
    }

    [Fact]
    public void CountShown_TwoScreens_FrameCountsOnceByTheFirst()
    {
        long first = time.GetTimestamp();
        time.Advance(TimeSpan.FromMilliseconds(4));
        long second = time.GetTimestamp();
        stats.CountShown(first);
        stats.CountShown(second);
        time.Advance(TimeSpan.FromMilliseconds(100));

        stats.CountShown(first);
        stats.CountShown(second);

        Assert.Equal(2, stats.Shown);
        Assert.Equal(4, stats.Live().Age.P99);
    }

    [Fact]
    public void AddWork_Stage_IsTheTimeSinceItBegan()
    {
        long began = time.GetTimestamp();
        time.Advance(TimeSpan.FromMilliseconds(3));

        stats.AddWork(Stage.Convolve, began);

        Assert.Equal(3, stats.Live().Ms["convolve"].P99);
        Assert.Equal(default, stats.Live().Ms["capture"]);
    }

    [Fact]
    public async Task Counting_ManyThreads_LosesNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                stats.CountIn();
                stats.CountOut(time.GetTimestamp());
                stats.CountShown(null);
                stats.CountDropped(DropCause.Paused);
                stats.CountRecorded();
            }
        })));

        FrameCounts counts = stats.Whole().Frames;
        Assert.Equal((40_000, 40_000, 40_000, 40_000), (counts.In, counts.Out, counts.Shown, counts.Recorded));
        Assert.Equal(40_000, counts.Dropped["paused"]);
    }
}
