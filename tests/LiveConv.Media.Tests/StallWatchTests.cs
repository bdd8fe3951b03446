using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Media.Tests;

public sealed class StallWatchTests
{
    private readonly FakeTimeProvider time = new();
    private readonly List<(double Seconds, bool IsHopeless)> reported = [];
    private bool isOffline;

    [Theory]
    [InlineData(false, false, 1.5, 3)]
    [InlineData(false, true, 1.5, 60)]
    [InlineData(true, false, 1.5, 60)]
    public void Write_DoesNotComeBack_IsReportedOnceAndThenGivenUp(bool offline, bool works, double reportedAfter, double givenUpAfter)
    {
        Watch(offline, works, TimeSpan.FromSeconds(givenUpAfter));

        Assert.Equal([(reportedAfter, false), (givenUpAfter, true)], reported);
    }

    [Fact]
    public void Write_OfAnEncoderThatWorksWhereNobodyWaits_IsNeverGivenUp()
    {
        Watch(offline: true, works: true, TimeSpan.FromHours(1));

        Assert.Empty(reported);
    }

    private void Watch(bool offline, bool works, TimeSpan length)
    {
        isOffline = offline;
        long began = time.GetTimestamp();
        using var watch = new StallWatch(
            time, new EncoderTimeouts(() => isOffline),
            (_, isHopeless) => reported.Add((time.GetElapsedTime(began).TotalSeconds, isHopeless)));
        watch.Enter(new Writer(works));
        for (TimeSpan passed = default; passed < length; passed += TimeSpan.FromSeconds(0.5))
        {
            time.Advance(TimeSpan.FromSeconds(0.5));
        }
    }

    private sealed class Writer(bool works) : IFrameWriter
    {
        public bool HasWorked() => works;

        public void Write(ReadOnlySpan<byte> image, TimeSpan time)
        {
        }

        public long? CountHeld(long written, CancellationToken stop) => written;

        public void Finish()
        {
        }

        public void Abort()
        {
        }

        public void Dispose()
        {
        }
    }
}
