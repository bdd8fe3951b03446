using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Viewer.Tests;

/// <summary>A served page with two presets and those of the test, fed by hand: each image is noise that its number decides.</summary>
internal sealed class TestPage : IAsyncDisposable
{
    private const int Buffers = 8;
    private readonly FramePool<Frame> frames = new(Buffers);
    private readonly FramePool<EdgeMaps> maps = new(Buffers);
    private readonly WorkerPool workers = new(1);
    private readonly TimeProvider time;

    private TestPage(TimeProvider time, PageOptions options, IEnumerable<Preset> presets)
    {
        this.time = time;
        Controls = new LiveControls([Preset.Seed, Sobel, .. presets], Preset.Seed);
        Stats = new FrameStats(time);
        Viewer = new PageViewer(Controls, Stats, Notices, () => Source, time, options);
    }

    public static Preset Sobel { get; } = new(
        "sobel",
        "Sobel",
        new FilterBank(
            Operation.Correlation,
            BorderMode.Mirror,
            new Filter(new Kernel(new float[,] { { -1, 0, 1 }, { -2, 0, 2 }, { -1, 0, 1 } })),
            new Filter(new Kernel(new float[,] { { -1, -2, -1 }, { 0, 0, 0 }, { 1, 2, 1 } }))));

    public int Width { get; init; } = 64;

    public int Height { get; init; } = 48;

    public LiveControls Controls { get; }

    public FrameStats Stats { get; }

    public Notices Notices { get; } = new();

    public SourceInfo Source { get; set; } = new("noise", new SourceMode(64, 48, 30), new SourceMode(64, 48, 30, "GRAY8"));

    public PageViewer Viewer { get; }

    public PageAddresses Addresses { get; private set; } = new(new Uri("http://localhost/"), null, new Uri("http://localhost/"), []);

    /// <summary>The presenter's.</summary>
    public Uri Address => Addresses.Presenter;

    public Uri SocketAddress => new UriBuilder(Address) { Scheme = "ws", Path = "live" }.Uri;

    /// <summary>Buffers that somebody holds.</summary>
    public int BuffersOut => frames.RentedCount + maps.RentedCount;

    public static async Task<TestPage> StartAsync(
        TimeProvider? time = null, int width = 64, int height = 48, int firstPort = PageOptions.DefaultPort, PageOptions? options = null,
        params IEnumerable<Preset> presets)
    {
        var page = new TestPage(time ?? TimeProvider.System, options ?? new PageOptions { Format = PageFormat.Raw }, presets)
        { Width = width, Height = height };
        page.Addresses = await page.Viewer.StartAsync(firstPort, portIsExact: false, CancellationToken.None);
        return page;
    }

    /// <summary>Filters the image with this number and hands it to the page.</summary>
    /// <returns>What the engine computed: the vertical and the horizontal map, row by row.</returns>
    public async Task<(byte[] Vertical, byte[] Horizontal)> ShowAsync(int number, bool isRepeat = false)
    {
        Frame frame = frames.TryRent() ?? throw new InvalidOperationException("all frames are out");
        EdgeMaps edges = maps.TryRent() ?? throw new InvalidOperationException("all maps are out");
        Fill(frame, number);
        frame.IsRepeat = isRepeat;
        edges.Compute(frame, Controls.Preset, workers);
        Stats.CountIn();
        Stats.CountOut(frame.CaptureTimestamp);
        (byte[], byte[]) expected = (Pixels(edges.Vertical), Pixels(edges.Horizontal));
        await Viewer.AcceptAsync(edges);
        return expected;
    }

    /// <summary>The image with this number, row by row.</summary>
    public byte[] Luma(int number)
    {
        var random = new Random(number);
        var pixels = new byte[Width * Height];
        for (int y = 0; y < Height; y++)
        {
            random.NextBytes(pixels.AsSpan(y * Width, Width));
        }

        return pixels;
    }

    public async ValueTask DisposeAsync()
    {
        await Viewer.DisposeAsync();
        frames.Dispose();
        maps.Dispose();
        workers.Dispose();
    }

    private static byte[] Pixels(Plane<byte> plane)
    {
        var pixels = new byte[plane.Width * plane.Height];
        for (int y = 0; y < plane.Height; y++)
        {
            plane.Row(y).CopyTo(pixels.AsSpan(y * plane.Width));
        }

        return pixels;
    }

    private void Fill(Frame frame, int number)
    {
        byte[] pixels = Luma(number);
        frame.Resize(Width, Height);
        frame.Sequence = number;
        frame.CaptureTimestamp = time.GetTimestamp();
        for (int y = 0; y < Height; y++)
        {
            pixels.AsSpan(y * Width, Width).CopyTo(frame.Luma.Row(y));
        }
    }
}
