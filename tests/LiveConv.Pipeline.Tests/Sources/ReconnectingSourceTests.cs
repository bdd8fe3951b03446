using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Pipeline.Tests.Sources;

/// <summary>A scripted source and a clock that only its waiting moves. The cameras' own tests are in LiveConv.Media.Tests.</summary>
public sealed class ReconnectingSourceTests : IDisposable
{
    private readonly FakeConnector connector = new();
    private readonly FramePool<Frame> pool = new(1);
    private readonly Frame frame;
    private readonly List<string> reported = [];

    public ReconnectingSourceTests() => frame = pool.TryRent()!;

    public void Dispose()
    {
        frame.Dispose();
        pool.Dispose();
    }

    [Fact]
    public void Read_LostAndFound_NumbersAndTimesGoOn()
    {
        connector.Script = [At(0), At(1), Lose, At(0), At(3)];
        using ReconnectingSource source = Open();
        var read = new List<(long, double)>();
        for (int i = 0; i < 4; i++)
        {
            Assert.True(source.Read(frame));
            read.Add((frame.Sequence, Math.Round(frame.MediaTime.TotalSeconds, 1)));
        }

        Assert.Equal([(0, 0), (1, 0.1), (2, 0.6), (5, 0.7)], read);
        Assert.Equal(["waiting for Fake", "Fake is back: 8x4@10"], reported);
        Assert.Equal((1, 2, 1), (source.Info.Reconnects, connector.Opened, connector.Closed));
    }

    [Fact]
    public void Read_AwayForLong_PausesGrowToTheirBound()
    {
        connector.Script = [At(0), Lose, At(0)];
        using ReconnectingSource source = Open(new RetryTimings
        {
            Pause = TimeSpan.FromSeconds(1),
            MaxPauseWhileAway = TimeSpan.FromSeconds(8),
        });
        source.Read(frame);
        connector.Refusals = 5;

        Assert.True(source.Read(frame));
        Assert.Equal([1, 2, 4, 8, 8, 8], connector.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public void Read_Silent_IsReportedAndOpenedAgain()
    {
        connector.Script = [At(0), .. Enumerable.Repeat<Func<Frame, ReadResult>>(_ => ReadResult.Nothing, 30), At(0)];
        using ReconnectingSource source = Open();
        source.Read(frame);

        Assert.True(source.Read(frame));
        Assert.Equal(["waiting for Fake: no images come", "Fake is back: 8x4@10"], reported);
        Assert.Equal(2, connector.Opened);
    }

    [Fact]
    public void Read_FormatChanged_IsOpenedAgainWithoutAWord()
    {
        connector.Script = [At(0), _ => ReadResult.FormatChanged, At(0)];
        using ReconnectingSource source = Open();
        source.Read(frame);

        Assert.True(source.Read(frame));
        Assert.Empty(reported);
        Assert.Equal(2, connector.Opened);
    }

    [Fact]
    public void Open_NeedsUser_ThrowsTheReasonAtOnce()
    {
        connector.Refusals = 1;

        Assert.Equal("away", Assert.Throws<LiveConvException>(() => Open()).Message);
        Assert.Empty(connector.Pauses);
    }

    private static ReadResult Lose(Frame into) => throw new SourceUnavailableException(new LiveConvException("lost"));

    private ReconnectingSource Open(RetryTimings? timings = null)
    {
        var notices = new Notices();
        notices.Posted += notice => reported.Add(notice.Text);
        var source = new ReconnectingSource(connector, timings ?? new RetryTimings(), connector.Time, notices);
        source.Open(CancellationToken.None);
        return source;
    }

    private Func<Frame, ReadResult> At(long sequence) => into =>
    {
        into.Resize(8, 4);
        into.Sequence = sequence;
        into.CaptureTimestamp = connector.Time.GetTimestamp();
        return ReadResult.Frame;
    };

    private sealed class FakeConnector : ISourceConnector
    {
        private int next;

        public FakeTimeProvider Time { get; } = new();

        public Func<Frame, ReadResult>[] Script { get; set; } = [];

        public int Refusals { get; set; }

        public int Opened { get; private set; }

        public int Closed { get; private set; }

        public List<TimeSpan> Pauses { get; } = [];

        public string Name => "Fake";

        public SourceMode Requested { get; } = new();

        public ISourceConnection Open(CancellationToken stop)
        {
            if (Refusals-- > 0)
            {
                throw new SourceUnavailableException(new LiveConvException("away"));
            }

            Opened++;
            return new FakeConnection(this);
        }

        public void AwaitChange(TimeSpan max, CancellationToken stop)
        {
            Pauses.Add(max);
            Time.Advance(max);
        }

        public void Dispose()
        {
        }

        private sealed class FakeConnection(FakeConnector owner) : ISourceConnection
        {
            public SourceMode Granted { get; } = new(8, 4, 10);

            public string? Note => null;

            public ReadResult Read(Frame frame)
            {
                ReadResult result = owner.Script[owner.next++](frame);
                owner.Time.Advance(TimeSpan.FromSeconds(0.1));
                return result;
            }

            public void Dispose() => owner.Closed++;
        }
    }
}
