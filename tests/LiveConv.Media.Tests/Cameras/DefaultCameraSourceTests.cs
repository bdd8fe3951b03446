using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>Cameras that a list shows as good, and that do not open: another program uses them, or the user does not permit it.</summary>
public sealed class DefaultCameraSourceTests
{
    private static readonly SourceMode Small = new(64, 48, 30);
    private readonly List<string> reported = [];

    [Fact]
    public void Open_FirstDoesNotOpen_TheNextIsReadAndTheFirstIsReported()
    {
        using var source = new DefaultCameraSource<FFmpegDevice>(failed => Camera(failed, "A", "B", "*C", "D"), otherwise: null, Notices());

        source.Open(CancellationToken.None);

        Assert.Equal("C", source.Info.Name);
        Assert.Equal(
            ["passed over: A is used (ask for it with --source camera:0)", "passed over: B is used (ask for it with --source camera:1)"],
            reported);
    }

    [Fact]
    public void Open_NoneOpens_FailsWithEachReason()
    {
        using var source = new DefaultCameraSource<FFmpegDevice>(failed => Camera(failed, "A", "B"), otherwise: null, Notices());

        Assert.Equal("A is used; B is used", Assert.Throws<LiveConvException>(() => source.Open(CancellationToken.None)).Message);
    }

    [Fact]
    public void Open_NoneIsLeftThatSuits_ReadsTheOther()
    {
        string? reasons = null;
        using var source = new DefaultCameraSource<FFmpegDevice>(
            failed => failed.Count == 0 ? Camera(failed, "A") : throw new LiveConvException("B is gray"),
            because =>
            {
                reasons = because;
                return new Scripted("scene", isOpening: true);
            },
            Notices());

        source.Open(CancellationToken.None);

        Assert.Equal(("scene", "A is used; B is gray"), (source.Info.Name, reasons));
        Assert.Empty(reported);
    }

    [Fact]
    public void Open_Stopped_IsNoReasonForAnother()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var source = new DefaultCameraSource<FFmpegDevice>(failed => Camera(failed, "A", "B"), otherwise: null, Notices());

        Assert.Throws<OperationCanceledException>(() => source.Open(stop.Token));
        Assert.Empty(reported);
    }

    [Fact]
    public void Read_OneDoesNotStreamAndOneSendsNothing_TheThirdIsReadAndBothAreReported()
    {
        var system = new FakeSystem();
        system.Camera.Always[Requests.StreamOn.Number] = Errno.InputOutput;
        system.Plug(new FakeCamera(system), 1, serial: "0002");
        var good = new FakeCamera(system);
        system.Plug(good, 2, serial: "0003");
        for (int i = 1; i < 300; i++)
        {
            system.After(i * 0.1, () => DeliverTo(good));
        }

        using DefaultCameraSource<VideoNode> source = Linux(system, otherwise: null)!;
        source.Open(CancellationToken.None);

        Assert.Equal(7, ReadOne(source));
        Assert.InRange(system.Now.TotalSeconds, 8, 15);
        Assert.Equal(
            ["passed over: Fake (/dev/video0) does not stream (STREAMON: EIO): unplug it and plug it in again (ask for it with --source "
            + "camera:0)",
            "waiting for Fake: no images come",
            $"passed over: Fake delivers no images: it was waited for 8 s. Unplug it and plug it in again, or {CameraAccess.OrElse} (ask "
            + "for it with --source camera:1)"],
            reported);
        Assert.Null(source.Info.Waiting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_TheOnlyOneSendsNothing_ReadsTheOtherOrFails(bool hasOther)
    {
        var system = new FakeSystem();
        string? reasons = null;
        using DefaultCameraSource<VideoNode> source = Linux(system, hasOther ? Scene : null)!;
        source.Open(CancellationToken.None);

        if (hasOther)
        {
            Assert.False(Read(source));
            Assert.Equal("scene", source.Info.Name);
        }
        else
        {
            reasons = Assert.Throws<LiveConvException>(() => Read(source)).Message;
        }

        Assert.StartsWith("Fake delivers no images: it was waited for 8 s. ", reasons, StringComparison.Ordinal);
        Assert.Equal((0, 0), (system.Camera.OpenNow, system.Camera.MappedNow));

        Scripted Scene(string because)
        {
            reasons = because;
            return new Scripted("scene", isOpening: true);
        }
    }

    [Fact]
    public void Read_OneThatHasSentImagesFallsSilent_IsWaitedFor()
    {
        var system = new FakeSystem();
        system.Plug(new FakeCamera(system), 1, serial: "0002");
        system.After(1, () => DeliverTo(system.Camera));
        system.After(100, () => DeliverTo(system.Camera));
        using DefaultCameraSource<VideoNode> source = Linux(system, otherwise: null)!;
        source.Open(CancellationToken.None);

        Assert.Equal((7, 7), (ReadOne(source), ReadOne(source)));
        Assert.InRange(system.Now.TotalSeconds, 100, 140);
        Assert.DoesNotContain(reported, line => line.StartsWith("passed over", StringComparison.Ordinal));
    }

    private DefaultCameraSource<VideoNode>? Linux(FakeSystem system, Func<string, IFrameSource>? otherwise) =>
        CameraCatalog.LinuxDefault(system, isRequested: true, Small, otherwise, system.Time, stats: null, Notices());

    // Nothing before the stream has been started, which empties the buffers.
    private static void DeliverTo(FakeCamera camera)
    {
        if (camera.OpenNow > 0)
        {
            camera.Deliver(7, 0);
        }
    }

    private static bool Read(IFrameSource source)
    {
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        return source.Read(frame);
    }

    private static int ReadOne(IFrameSource source)
    {
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        Assert.True(source.Read(frame));
        return frame.Luma.Row(0)[0];
    }

    private static (FFmpegDevice, int, IFrameSource)? Camera(IReadOnlyList<FFmpegDevice> failed, params string[] names)
    {
        if (failed.Count == names.Length)
        {
            return null;
        }

        string name = names[failed.Count].TrimStart('*');
        return (new FFmpegDevice(failed.Count, name, name, name), failed.Count, new Scripted(name, names[failed.Count] != name));
    }

    private Notices Notices()
    {
        var notices = new Notices();
        notices.Posted += notice => reported.Add(notice.Text);
        return notices;
    }

    private sealed class Scripted(string name, bool isOpening) : IFrameSource
    {
        public SourceInfo Info { get; } = new(name, Small, Small);

        public bool IsLive => true;

        public void Open(CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            if (!isOpening)
            {
                throw new LiveConvException($"{name} is used");
            }
        }

        public bool Read(Frame frame) => false;

        public void Dispose()
        {
        }
    }
}
