namespace LiveConv.Convolution.Tests;

public class RecentMapsTests
{
    private const long FullHd = 3L * 1920 * 1080;
    private readonly RecentMaps recent = new();

    [Fact]
    public void AreCached_FirstCall_AreNot() => Assert.False(recent.AreCached(1, 100));

    [Fact]
    public void AreCached_SameMapsAgain_Are()
    {
        recent.AreCached(1, FullHd);

        Assert.True(recent.AreCached(1, FullHd));
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
            Assert.Equal(call >= maps && expected, recent.AreCached(1 + call % maps, bytes));
        }
    }

    [Fact]
    public void AreCached_ImageBeyondTheCaches_AreNot()
    {
        recent.AreCached(1, 3L * 3840 * 2160);

        Assert.False(recent.AreCached(1, 3L * 3840 * 2160));
    }
}
