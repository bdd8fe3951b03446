namespace LiveConv.Pipeline.Tests.Statistics;

public class DurationSeriesTests
{
    public static TheoryData<string> Shapes => ["uniform", "log-uniform", "two peaks", "constant", "few", "one"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Whole_AnyShape_IsWithinThreePercentOfTheExactPercentiles(string shape)
    {
        long[] ticks = Sample(shape);
        var series = new DurationSeries();
        foreach (long t in ticks)
        {
            series.Add(new TimeSpan(t));
        }

        Percentiles exact = Exact(ticks);
        Percentiles found = series.Whole();

        AssertWithin(exact.P50, found.P50, 0.03);
        AssertWithin(exact.P95, found.P95, 0.03);
        AssertWithin(exact.P99, found.P99, 0.03);
    }

    [Fact]
    public void Whole_EveryMagnitude_IsWithinThreePercent()
    {
        for (long ticks = 1; ticks > 0 && ticks < long.MaxValue / 3; ticks = ticks * 9 / 8 + 1)
        {
            var series = new DurationSeries();
            series.Add(new TimeSpan(ticks));

            AssertWithin((double)ticks / TimeSpan.TicksPerMillisecond, series.Whole().P50, 0.03);
        }
    }

    [Fact]
    public void Whole_ExtremeDurations_AreCountedNotThrown()
    {
        var series = new DurationSeries();
        series.Add(TimeSpan.MaxValue);
        AssertWithin(TimeSpan.MaxValue.TotalMilliseconds, series.Whole().P50, 0.03);

        series.Add(TimeSpan.MinValue);
        series.Add(TimeSpan.FromTicks(-1));
        Assert.Equal(0, series.Whole().P50);
    }

    [Fact]
    public void Percentiles_NothingAdded_AreZero()
    {
        var series = new DurationSeries();

        Assert.Equal(default, series.Whole());
        Assert.Equal(default, series.Recent());
    }

    [Fact]
    public void Recent_MoreThanItKeeps_AreExactOverTheNewest256()
    {
        long[] ticks = Sample("log-uniform");
        var series = new DurationSeries();
        foreach (long t in ticks)
        {
            series.Add(new TimeSpan(t));
        }

        Assert.Equal(Exact(ticks[^256..]), series.Recent());
    }

    [Fact]
    public async Task Add_ManyThreads_LosesNothing()
    {
        var series = new DurationSeries();
        await Task.WhenAll(Enumerable.Range(1, 4).Select(ms => Task.Run(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                series.Add(TimeSpan.FromMilliseconds(ms));
            }
        })));

        // A quarter of the samples each: a lost count would move a quantile that sits just below a step.
        AssertWithin(2, series.Whole().P50, 0.03);
        AssertWithin(4, series.Whole().P99, 0.03);
    }

    private static long[] Sample(string shape)
    {
        var random = new Random(42);
        return shape switch
        {
            "uniform" => [.. Enumerable.Range(0, 5000).Select(_ => random.NextInt64(1, 500_000))],
            "log-uniform" => [.. Enumerable.Range(0, 5000).Select(_ => (long)Math.Exp(random.NextDouble() * 24) + 1)],
            "two peaks" => [
                .. Enumerable.Range(0, 5000).Select(i => i % 20 == 0 ? 2_000_000L + random.NextInt64(1000) : 9_000 + random.NextInt64(50))],
            "constant" => [.. Enumerable.Repeat(123_457L, 1000)],
            "few" => [10_000, 20_000, 30_000],
            _ => [77_777],
        };
    }

    private static Percentiles Exact(long[] ticks)
    {
        long[] sorted = [.. ticks.Order()];
        return new(At(0.50), At(0.95), At(0.99));

        double At(double quantile) =>
            Math.Round(sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1] / (double)TimeSpan.TicksPerMillisecond, 4);
    }

    private static void AssertWithin(double expected, double actual, double relative) =>
        Assert.InRange(actual, expected * (1 - relative), expected * (1 + relative));
}
