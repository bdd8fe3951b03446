using System.Diagnostics;

namespace LiveConv.Convolution.Tests;

public class RecentMapsTests
{
    private const long FullHd = 3L * 1920 * 1080;
    private readonly RecentMaps recent = new(8 << 20);

    [Fact]
    public void AreCached_FirstCall_AreNot() => Assert.False(recent.AreCached(1, 100, now: 0));

    [Fact]
    public void AreCached_SameMapsAgain_Are()
    {
        recent.AreCached(1, FullHd, now: 0);

        Assert.True(recent.AreCached(1, FullHd, now: 0));
    }

    [Theory]
    [InlineData(2, 640 * 480 * 3, true)]
    [InlineData(8, 640 * 480 * 3, true)]
    [InlineData(9, 640 * 480 * 3, false)]
    [InlineData(2, FullHd, false)]
    [InlineData(100, 100, false)]
    public void AreCached_SeveralMapsInTurn_WhileTheyFitTheCaches(int maps, long bytes, bool expected)
    {
        for (int call = 0; call < 3 * maps; call++)
        {
            Assert.Equal(call >= maps && expected, recent.AreCached(1 + call % maps, bytes, now: 0));
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(16, false)]
    public void AreCached_SameMapsAfterAPause_AreNot(int milliseconds, bool expected)
    {
        recent.AreCached(1, 100, now: 0);

        Assert.Equal(expected, recent.AreCached(1, 100, now: Stopwatch.Frequency * milliseconds / 1000));
    }

    [Fact]
    public void AreCached_ImageBeyondTheCaches_AreNot()
    {
        recent.AreCached(1, 3L * 3840 * 2160, now: 0);

        Assert.False(recent.AreCached(1, 3L * 3840 * 2160, now: 0));
    }
}
