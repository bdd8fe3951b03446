using System.Buffers.Binary;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page.Tests;

/// <summary>What a page is sent of an image, by what it says that it shows.</summary>
public sealed class ShownImageTests : IDisposable
{
    private const int Width = 64;
    private const int Height = 36;
    private readonly LiveControls controls = new([Preset.Seed], Preset.Seed);
    private readonly FramePool<Frame> frames = new(4);
    private readonly FramePool<EdgeMaps> maps = new(4);
    private readonly PageSessions sessions;
    private readonly WorkerPool workers = new(1);

    public ShownImageTests() =>
        sessions = new PageSessions(new PageContext(
            controls, new FrameStats(TimeProvider.System), new Notices(), () => new("test", new(), new()), TimeProvider.System));

    [Fact]
    public void Plane_DrawnSmaller_ComesReducedWithItsWholeSize()
    {
        using PageSession session = Open(PageRole.Guest);
        session.Receive("""{"show":[{"plane":"camera","width":21,"height":9},{"plane":"vertical","width":500,"height":500}]}"""u8);
        ShowNoise();

        using ImageMessage image = session.NextImage()!;

        Assert.Equal((Width, Height, Width, Height), SizesOf(image, 0));
        Assert.Equal((0, 0, 0, 0), SizesOf(image, 1));
        Assert.Equal((21, 12, Width, Height), SizesOf(image, 2));
        Assert.Equal(ImageHeader.Size + (Width * Height) + (21 * 12), image.Bytes.Length);
    }

    [Fact]
    public void Pages_OfAboutTheSameSize_ShareAMessage()
    {
        using PageSession one = Open(PageRole.Guest);
        using PageSession other = Open(PageRole.Guest);
        one.Receive("""{"show":[{"plane":"vertical","width":31,"height":17}]}"""u8);
        other.Receive("""{"show":[{"plane":"vertical","width":32,"height":18}]}"""u8);
        ShowNoise();

        using ImageMessage first = one.NextImage()!;
        using ImageMessage second = other.NextImage()!;

        Assert.Same(first, second);
    }

    [Fact]
    public void Plane_OfAPresentersPage_ComesAsLargeAsItIsDrawn()
    {
        using PageSession session = Open(PageRole.Presenter);
        session.Receive("""{"show":[{"plane":"horizontal","width":41,"height":23},{"plane":"camera","width":1,"height":99}]}"""u8);
        ShowNoise();

        using ImageMessage image = session.NextImage()!;

        Assert.Equal((41, 23, Width, Height), SizesOf(image, 1));
        Assert.Equal((4, Height, Width, Height), SizesOf(image, 2));
    }

    [Fact]
    public void Planes_OfSizesThatChange_AreThoseOfTheNewestSize()
    {
        using PageSession session = Open(PageRole.Presenter);
        for (int width = 4; width < 20; width++)
        {
            session.Receive(JsonSerializer.SerializeToUtf8Bytes(new { show = new[] { new { plane = "camera", width, height = 9 } } }));
            ShowNoise();
            using ImageMessage image = session.NextImage()!;
            Assert.Equal((width, 9, Width, Height), SizesOf(image, 2));
            session.Receive(JsonSerializer.SerializeToUtf8Bytes(new { drawn = image.Number }));
        }
    }

    public static TheoryData<string> SignedPresets() => ["bank", "stack"];

    [Theory]
    [MemberData(nameof(SignedPresets))]
    public void Map_ShownSigned_IsHalfOfEachSumFrom128(string kind)
    {
        controls.Preset = kind == "bank" ? Preset.Seed : OneLayer(stride: 1);
        using PageSession session = Open(PageRole.Guest);
        session.Receive("""{"show":[{"plane":"horizontal","width":64,"height":36,"signed":true}]}"""u8);
        byte[,] luma = ShowNoise();

        using ImageMessage image = session.NextImage()!;

        ReadOnlySpan<byte> bytes = image.Bytes.Span;
        Assert.Equal(0b100, bytes[2]);
        for (int y = 1; y < Height - 1; y++)
        {
            for (int x = 1; x < Width - 1; x++)
            {
                double half = Enumerable.Range(x - 1, 3).Sum(i => luma[y - 1, i] - luma[y + 1, i]) / 2.0;
                double expected = Math.Clamp(Math.Round(half, MidpointRounding.ToEven) + 128, 0, 255);
                Assert.Equal(expected, bytes[ImageHeader.Size + (y * Width) + x]);
            }
        }
    }

    [Fact]
    public void Maps_OfSeveralLayersShownSigned_HaveTheirSignWhereTheyAreSums()
    {
        StackLayer layer = OneLayer(stride: 1).Stack!.Layers[0];
        controls.Preset = new Preset("two", "Two", new LayerStack(
            [layer, layer with { Activation = Activation.Abs }], new StackOutput(1, 0), new StackOutput(0, 1)));
        using PageSession session = Open(PageRole.Guest);
        session.Receive("""
            {"show":[{"plane":"vertical","width":64,"height":36,"signed":true},{"plane":"horizontal","width":64,"height":36,"signed":true}]}
            """u8);
        byte[,] luma = ShowNoise();

        using ImageMessage image = session.NextImage()!;

        ReadOnlySpan<byte> bytes = image.Bytes.Span;
        Assert.Equal(0b100, bytes[2]);
        double half = Enumerable.Range(4, 3).Sum(i => luma[4, i] - luma[6, i]) / 2.0;
        double expected = Math.Clamp(Math.Round(half, MidpointRounding.ToEven) + 128, 0, 255);
        Assert.Equal(expected, bytes[ImageHeader.Size + (Width * Height) + (5 * Width) + 5]);
    }

    [Fact]
    public void Map_OverTimeShownSigned_IsHalfOfTheDifferenceFrom128()
    {
        var now = new Kernel(new float[,] { { 1 } });
        var before = new Kernel(new float[,] { { -1 } });
        var layer = new StackLayer { Filters = [new LayerFilter([new KernelTerm(0, now), new KernelTerm(1, before)])] };
        controls.Preset = new Preset("time", "Time", new LayerStack([layer], new StackOutput(0, 0), new StackOutput(0, 0)));
        using PageSession session = Open(PageRole.Guest);
        session.Receive("""{"show":[{"plane":"vertical","width":64,"height":36,"signed":true}]}"""u8);
        ShowNoise();

        using ImageMessage image = session.NextImage()!;

        // The first image of a stream is its own predecessor.
        Assert.Equal(0b010, image.Bytes.Span[2]);
        Assert.Equal(-1, image.Bytes.Span[ImageHeader.Size..].IndexOfAnyExcept((byte)128));
    }

    [Fact]
    public void Sign_OfPresetsThatChange_FollowsThem()
    {
        using PageSession session = Open(PageRole.Guest);
        session.Receive("""{"show":[{"plane":"vertical","width":64,"height":36,"signed":true}]}"""u8);
        foreach (Preset preset in (Preset[])[Preset.Seed, OneLayer(stride: 2), OneLayer(stride: 1), Preset.Seed])
        {
            controls.Preset = preset;
            ShowNoise();
            using ImageMessage image = session.NextImage()!;
            int side = preset.Stack?.Layers[0].Stride ?? 1;
            Assert.Equal((Width / side, Height / side, Width / side, Height / side), SizesOf(image, 0));
            session.Receive(JsonSerializer.SerializeToUtf8Bytes(new { drawn = image.Number }));
        }
    }

    [Fact]
    public void Image_InSteadyState_AllocatesNothing()
    {
        using PageSession session = Open(PageRole.Guest);
        session.Receive("""
            {"show":[{"plane":"camera","width":16,"height":9},{"plane":"vertical","width":16,"height":9,"signed":true}]}
            """u8);
        long allocated = 0;
        for (int i = 0; i < 20; i++)
        {
            ShowNoise();
            long before = GC.GetAllocatedBytesForCurrentThread();
            ImageMessage image = session.NextImage()!;
            image.Dispose();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            session.Receive(JsonSerializer.SerializeToUtf8Bytes(new { drawn = image.Number }));
        }

        Assert.Equal(0, allocated);
    }

    public void Dispose()
    {
        sessions.Dispose();
        frames.Dispose();
        maps.Dispose();
        workers.Dispose();
    }

    private PageSession Open(PageRole role) => sessions.Open(role, new PageRates(TimeProvider.System), () => { });

    private static Preset OneLayer(int stride)
    {
        FilterBank seed = Preset.Seed.Bank!;
        LayerFilter[] filters = [.. seed.Filters.ToArray().Select(filter => new LayerFilter([new KernelTerm(0, filter.Kernel)]))];
        return new Preset("layer", "Layer", new LayerStack(
            [new StackLayer { Filters = filters, Stride = stride }], new StackOutput(0, 0), new StackOutput(0, 1)));
    }

    private static (int Width, int Height, int WholeWidth, int WholeHeight) SizesOf(ImageMessage image, int plane)
    {
        ReadOnlyMemory<byte> bytes = image.Bytes;
        int At(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[offset..]);
        return (At(24 + (8 * plane)), At(26 + (8 * plane)), At(48 + (4 * plane)), At(50 + (4 * plane)));
    }

    private byte[,] ShowNoise()
    {
        var random = new Random(3);
        var luma = new byte[Height, Width];
        Frame frame = frames.TryRent()!;
        frame.Resize(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                frame.Luma.Row(y)[x] = luma[y, x] = (byte)random.Next(256);
            }
        }

        EdgeMaps edges = maps.TryRent()!;
        edges.Compute(frame, controls.Preset, workers);
        sessions.Show(edges);
        return luma;
    }
}
