using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Stages;

public sealed class PresetFilterTests : IDisposable
{
    private readonly WorkerPool workers = new(2);
    private readonly FramePool<Frame> frames = new(32);
    private readonly FramePool<EdgeMaps> maps = new(4);
    private readonly Notices notices = new();
    private readonly List<string> reported = [];
    private readonly PresetFilter filter;

    public PresetFilterTests()
    {
        notices.Posted += notice => reported.Add(notice.Text);
        filter = new PresetFilter(workers, notices);
    }

    public void Dispose()
    {
        filter.Dispose();
        Assert.Equal((0, 0), (frames.RentedCount, maps.RentedCount));
        frames.Dispose();
        maps.Dispose();
        workers.Dispose();
    }

    [Theory]
    [InlineData(TimeBorder.Replicate, 0, 5, 10)]
    [InlineData(TimeBorder.Zero, 100, 105, 10)]
    public void Compute_DifferenceOverTwoFrames_BeginsWithTheBorderOfTime(TimeBorder before, int first, int second, int third)
    {
        Preset preset = Over(before, Term(0, 1), Term(2, -1));

        Assert.Equal([(byte)first, (byte)second, (byte)third], new byte[] { 100, 105, 110 }.Select(grey => FirstPixel(preset, grey)));
    }

    [Fact]
    public void Compute_SixteenFrames_LooksAtTheOldest()
    {
        Preset preset = Over(TimeBorder.Replicate, Term(15, 1));

        byte[] seen = [.. Enumerable.Range(0, 40).Select(n => FirstPixel(preset, (byte)n))];

        Assert.Equal(Enumerable.Range(0, 40).Select(n => (byte)Math.Max(0, n - 15)), seen);
        Assert.Equal(16, frames.RentedCount);
    }

    [Fact]
    public void Compute_ShallowerPreset_GivesFramesBack()
    {
        Preset deep = Over(TimeBorder.Replicate, Term(15, 1));
        Preset shallow = Over(TimeBorder.Replicate, Term(2, 1));
        for (int n = 0; n < 20; n++)
        {
            FirstPixel(deep, (byte)n);
        }

        Assert.Equal(18, FirstPixel(shallow, 20));
        Assert.Equal(3, frames.RentedCount);
        FirstPixel(Preset.Seed, 21);
        Assert.Equal(0, frames.RentedCount);
    }

    [Fact]
    public void Compute_KernelsOverTime_LeavesTheFramesThatTheyUsedWithTheMaps()
    {
        Preset preset = Over(TimeBorder.Replicate, Term(3, 1));
        FirstPixel(preset, 1, sequence: 0);
        FirstPixel(preset, 2, sequence: 1);
        using EdgeMaps third = Compute(preset, 3, 16, sequence: 2);
        for (int n = 4; n < 10; n++)
        {
            FirstPixel(preset, (byte)n, sequence: n - 1);
        }

        Assert.Equal([2, 1], third.EarlierFrames.ToArray().Select(frame => (int)frame.Luma.Row(0)[0]));
        using EdgeMaps last = Compute(preset, 10, 16, sequence: 9);
        Assert.Equal([9, 8, 7], last.EarlierFrames.ToArray().Select(frame => (int)frame.Luma.Row(0)[0]));
        using EdgeMaps plain = Compute(Preset.Seed, 11, 16, sequence: 10);
        Assert.Equal(0, plain.EarlierFrames.Length);
    }

    [Fact]
    public void Compute_RepeatedFrame_IsNoStepInTime()
    {
        Preset preset = Over(TimeBorder.Replicate, Term(0, 1), Term(1, -1));
        FirstPixel(preset, 10, sequence: 0);

        Assert.Equal(7, FirstPixel(preset, 17, sequence: 1));
        Assert.Equal(7, FirstPixel(preset, 17, sequence: 1, isRepeat: true));
    }

    [Fact]
    public void Compute_FrameSizeChanges_BeginsAnew()
    {
        Preset preset = Over(TimeBorder.Replicate, Term(0, 1), Term(1, -1));
        FirstPixel(preset, 10);

        Assert.Equal(0, FirstPixel(preset, 200, width: 20));
        Assert.Equal(5, FirstPixel(preset, 205, width: 20));
    }

    [Fact]
    public void Compute_ImageTooSmall_ShowsTheSeedAndSaysSoOnce()
    {
        var layer = new StackLayer { Pooling = new Pooling(PoolingMode.Max, 16, 16) };
        var preset = new Preset("pool", "Pool", new LayerStack([layer], new(0, 0), new(0, 0)));

        for (int n = 0; n < 2; n++)
        {
            using EdgeMaps result = Compute(preset, 1, width: 8);
            Assert.Same(Preset.Seed, result.Preset);
            Assert.Equal(8, result.Vertical.Width);
        }

        Assert.Contains("preset pool cannot be applied to images of 8x8: ", Assert.Single(reported), StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_ImageTooSmallForAStrictFilter_Fails()
    {
        var layer = new StackLayer { Pooling = new Pooling(PoolingMode.Max, 16, 16) };
        var preset = new Preset("pool", "Pool", new LayerStack([layer], new(0, 0), new(0, 0)));
        using var strict = new PresetFilter(workers, isStrict: true);
        Frame frame = frames.TryRent()!;
        frame.Resize(8, 8);
        using EdgeMaps result = maps.TryRent()!;

        Assert.StartsWith(
            "preset pool cannot be applied", Assert.Throws<LiveConvException>(() => strict.Apply(frame, preset, result)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void LayerStackRunner_MapsBeyondTheMemoryBound_AreRefusedBeforeAnyIsMade()
    {
        Kernel one = new(new float[,] { { 1 } });
        var layer = new StackLayer
        {
            Filters = [.. Enumerable.Repeat(new LayerFilter([new KernelTerm(0, one)]), 64)],
            Upsampling =
                new Upsampling(UpsamplingMode.Nearest, 4)
        };

        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => new LayerStackRunner(new LayerStack([layer], new(0, 0), new(0, 1)), new ImageSize(1920, 1080)));

        Assert.Equal("its maps would need 8614 MiB; the limit is 2048 MiB", refusal.Message);
    }

    [Fact]
    public void Compute_StridedStack_MapsHaveTheirOwnSize()
    {
        var layer = new StackLayer { Filters = [new([Term(0, 1)])], Stride = 2 };
        var next = new StackLayer { Pooling = new Pooling(PoolingMode.Max, 2, 2) };
        var preset = new Preset("half", "Half", new LayerStack([layer, next], new(0, 0), new(1, 0)));

        using EdgeMaps result = Compute(preset, 9, width: 20);

        Assert.Equal((10, 4), (result.Vertical.Width, result.Vertical.Height));
        Assert.Equal((5, 2), (result.Horizontal.Width, result.Horizontal.Height));
        Assert.Same(preset, result.Preset);
    }

    [Fact]
    public void Compute_SteadyState_AllocatesNothing()
    {
        StackLayer blur = new() { Filters = [new([Term(0, 1), Term(3, 2)]), new([Term(1, 1)], 5)], Activation = Activation.Relu };
        StackLayer thin = new() { Filters = [new([Term(0, 1), Term(1, 1)]), new([Term(1, 1)])], Merge = Merge.Thin };
        StackLayer show = new()
        {
            Merge = Merge.Magnitude,
            Activation = Activation.Threshold,
            Pooling = new(PoolingMode.Max, 2, 2),
            Upsampling =
                new(UpsamplingMode.Bilinear, 2)
        };
        var preset = new Preset("s", "S", new LayerStack([blur, thin, show], new(2, 0), new(1, 1)));
        for (int n = 0; n < 40; n++)
        {
            FirstPixel(preset, (byte)n);
        }

        long min = long.MaxValue;
        for (int round = 0; round < 10 && min > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int n = 0; n < 50; n++)
            {
                FirstPixel(preset, (byte)n);
            }

            min = Math.Min(min, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, min);
    }

    [Fact]
    public async Task Compute_PresetSwapped100000Times_EachFrameIsWhollyOnePreset()
    {
        Preset[] presets = [Flat("one", 1), Flat("two", 2), Over(TimeBorder.Replicate, Term(0, 3))];
        var controls = new LiveControls(presets, presets[0]);
        Task swapping = Task.Run(() =>
        {
            for (int n = 0; n < 100_000; n++)
            {
                controls.Preset = presets[n % presets.Length];
            }
        });
        var seen = new HashSet<byte>();
        while (!swapping.IsCompleted || seen.Count == 0)
        {
            using EdgeMaps result = Compute(controls.Preset, 10, width: 100);
            byte expected = (byte)(10 * (1 + Array.IndexOf(presets, result.Preset)));
            seen.Add(expected);
            for (int y = 0; y < result.Vertical.Height; y++)
            {
                Assert.Equal(-1, result.Vertical.Row(y).IndexOfAnyExcept(expected));
                Assert.Equal(-1, result.Horizontal.Row(y).IndexOfAnyExcept(expected));
            }
        }

        await swapping;
    }

    private static Preset Flat(string id, float weight)
    {
        var filter = new Filter(new Kernel(new float[,] { { 0, 0, 0 }, { 0, weight, 0 }, { 0, 0, 0 } }));
        return new Preset(id, id, new FilterBank(Operation.Correlation, BorderMode.Zero, filter, filter));
    }

    private static KernelTerm Term(int age, float weight) => new(age, new Kernel(new float[,] { { weight } }));

    private static Preset Over(TimeBorder before, params KernelTerm[] terms)
    {
        var layer = new StackLayer { Filters = [new(terms)] };
        return new Preset("t", "T", new LayerStack([layer], new(0, 0), new(0, 0)), before);
    }

    private byte FirstPixel(Preset preset, byte grey, int width = 16, long sequence = 0, bool isRepeat = false)
    {
        using EdgeMaps result = Compute(preset, grey, width, sequence, isRepeat);
        return result.Vertical.Row(0)[0];
    }

    private EdgeMaps Compute(Preset preset, byte grey, int width, long sequence = 0, bool isRepeat = false)
    {
        Frame frame = frames.TryRent()!;
        frame.Resize(width, 8);
        for (int y = 0; y < 8; y++)
        {
            frame.Luma.Row(y).Fill(grey);
        }

        (frame.Sequence, frame.IsRepeat) = (sequence, isRepeat);
        EdgeMaps result = maps.TryRent()!;
        filter.Apply(frame, preset, result);
        return result;
    }
}
