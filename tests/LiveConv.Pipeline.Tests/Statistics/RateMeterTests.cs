using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Pipeline.Tests.Statistics;

public class RateMeterTests
{
    private readonly FakeTimeProvider time = new();
    private readonly RateMeter meter;

    public RateMeterTests() => meter = new RateMeter(time);

    [Fact]
    public void Now_FewerThanTwoEvents_IsZero()
    {
        Assert.Equal(0, meter.Now());
        Assert.Equal(0, meter.Whole());

        Add(1, TimeSpan.Zero);

        Assert.Equal(0, meter.Now());
        Assert.Equal(0, meter.Whole());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(1000)]
    public void Now_SteadyEvents_IsTheirRate(int perSecond)
    {
        Add(5 * perSecond, TimeSpan.FromSeconds(1.0 / perSecond));

        Assert.Equal(perSecond, meter.Now(), 1.0);
        Assert.Equal(perSecond, meter.Whole(), 1.0);
        Assert.Equal(5 * perSecond, meter.Count);
    }

    [Fact]
    public void Now_RateChanged_FollowsWithinTwoSecondsAndWholeDoesNot()
    {
        Add(300, TimeSpan.FromMilliseconds(10));
        Add(60, TimeSpan.FromMilliseconds(50));

        Assert.Equal(20, meter.Now(), 0.5);
        Assert.Equal(60, meter.Whole(), 1.0);
    }

    [Fact]
    public void Now_NothingForTwoSeconds_IsZeroAndWholeStays()
    {
        Add(50, TimeSpan.FromMilliseconds(20));
        time.Advance(TimeSpan.FromSeconds(2.1));

        Assert.Equal(0, meter.Now());
        Assert.Equal(50, meter.Whole(), 0.1);
    }

    [Fact]
    public void Rates_AllAtOneMoment_AreZeroNotInfinite()
    {
        Add(10, TimeSpan.Zero);

        Assert.Equal(0, meter.Now());
        Assert.Equal(0, meter.Whole());
    }

    private void Add(int events, TimeSpan apart)
    {
        for (int i = 0; i < events; i++)
        {
            time.Advance(apart);
            meter.Add(time.GetTimestamp());
        }
    }
}
