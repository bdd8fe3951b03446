using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// A ball and a bat over textured ground, with an upright and a level bar against a flat sky: shapes that the two edge maps distinguish.
/// Every image depends only on its time, so two scenes of the same size and rate show the same video. Reading allocates
/// nothing once the frame has its size. Not thread-safe, like every source.
/// </summary>
public sealed class TestScene : IFrameSource
{
    /// <summary>Width when none is requested.</summary>
    public const int DefaultWidth = 640;

    /// <summary>Height when none is requested.</summary>
    public const int DefaultHeight = 480;

    /// <summary>Frames per second when none are requested.</summary>
    public const double DefaultFps = 30;

    private readonly TimeProvider time;
    private readonly double fps;
    private readonly SceneLayout layout;
    private CancellationToken stop;
    private byte[]? ground;
    private long sequence;

    /// <summary>Initializes the scene; nothing is drawn before <see cref="Open"/>.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="fps">Frames per second; above 0, at most 1000.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, the image above 2 GiB, or the rate out of range.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="time"/> is null.</exception>
    public TestScene(int width, int height, double fps, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, Array.MaxLength, nameof(height));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fps, 1000);
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        this.fps = fps;
        layout = new SceneLayout(width, height);
        var mode = new SourceMode(width, height, fps, "GRAY8");
        Info = new SourceInfo("test scene", mode, mode);
    }

    /// <inheritdoc/>
    public SourceInfo Info { get; }

    /// <summary>False: the scene can deliver any frame at any time; the pipeline sets the pace.</summary>
    public bool IsLive => false;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        ground = SceneGround.Draw(layout);
        sequence = 0;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The scene is not open.</exception>
    public bool Read(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (ground is null)
        {
            throw new InvalidOperationException("open the scene before reading it");
        }

        if (stop.IsCancellationRequested)
        {
            return false;
        }

        frame.Resize(layout.Width, layout.Height);
        frame.Sequence = sequence;
        frame.CaptureTimestamp = time.GetTimestamp();
        frame.MediaTime = TimeSpan.FromTicks((long)Math.Round(sequence * TimeSpan.TicksPerSecond / fps));
        Draw(frame.Luma.View, frame.MediaTime.TotalSeconds);
        sequence++;
        return true;
    }

    /// <summary>Releases the ground image. Safe to call more than once.</summary>
    public void Dispose() => ground = null;

    private void Draw(PlaneView<byte> image, double seconds)
    {
        image.CopyFrom(ground);
        SceneBrush.Fill(image, layout.UprightBarAt(seconds), SceneLayout.BarLuma);
        SceneBrush.Fill(image, layout.LevelBarAt(seconds), SceneLayout.BarLuma);
        SceneBrush.DrawBat(image, layout.BatAt(seconds));
        SceneBrush.DrawBall(image, layout.BallAt(seconds));
    }
}
