using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>
/// A machine with scripted cameras and a clock of its own: time passes only while somebody waits, and what is scripted for a time
/// happens then. No test sleeps.
/// </summary>
internal sealed class FakeSystem : IVideoSystem
{
    private readonly List<(TimeSpan At, Action Happen)> script = [];
    private readonly DateTimeOffset start;

    public FakeSystem()
    {
        start = Time.GetUtcNow();
        Camera = new FakeCamera(this);
        Plug(Camera, 0);
    }

    public FakeTimeProvider Time { get; } = new();

    public TimeSpan Now => Time.GetUtcNow() - start;

    public List<(VideoNode Node, FakeCamera Camera)> Plugged { get; } = [];

    public FakeCamera Camera { get; }

    public Errno OpenErrno { get; set; }

    public string? User { get; set; }

    /// <summary>Called by every Open, on the thread that opens.</summary>
    public Action Opening { get; set; } = () => { };

    public static VideoNode Node(int number, string? serial = "0001", string place = "1-1:1.0") => new(
        $"/dev/video{number}", number, new CameraIdentity("Fake", place, "046d:0892", serial, "00", 0));

    public void Plug(FakeCamera camera, int number, string? serial = "0001", string place = "1-1:1.0")
    {
        camera.IsGone = false;
        Plugged.Add((Node(number, serial, place), camera));
    }

    public void Unplug(FakeCamera camera)
    {
        camera.IsGone = true;
        Plugged.RemoveAll(plugged => plugged.Camera == camera);
    }

    public void After(double seconds, Action happen) => script.Add((Now + TimeSpan.FromSeconds(seconds), happen));

    /// <summary>Time passes, up to the next thing that is scripted.</summary>
    public void Pass(TimeSpan max)
    {
        TimeSpan end = Now + max;
        if (script.Count > 0 && script.MinBy(entry => entry.At) is var next && next.At <= end)
        {
            script.Remove(next);
            Time.Advance(next.At - Now);
            next.Happen();
            return;
        }

        Time.Advance(max);
    }

    public IReadOnlyList<VideoNode> Nodes() => [.. Plugged.Select(plugged => plugged.Node)];

    public Errno Open(string path, out IVideoDevice? device)
    {
        Opening();
        device = null;
        FakeCamera? camera = Plugged.FirstOrDefault(plugged => plugged.Node.Path == path).Camera;
        return OpenErrno != Errno.None ? OpenErrno : camera?.Open(out device) ?? Errno.NoEntry;
    }

    public void AwaitChange(TimeSpan max, CancellationToken stop)
    {
        if (!stop.IsCancellationRequested)
        {
            Pass(max);
        }
    }

    public string? UserOf(string path) => User;
}
