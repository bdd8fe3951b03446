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
