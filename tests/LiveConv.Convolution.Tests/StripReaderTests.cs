namespace LiveConv.Convolution.Tests;

/// <summary>Readers get every row of both maps once, with the bytes of a call without a reader, however the maps are written.</summary>
public class StripReaderTests
{
    private static readonly Filter[] Sobel = [new(KnownKernels.SobelX), new(KnownKernels.SobelY)];

    [Theory]
    [InlineData(1920, 37)]
    [InlineData(853, 480)]
    [InlineData(64, 1)]
    [InlineData(7, 5)]
    [InlineData(1, 1)]
    [InlineData(17000, 9)]
    [InlineData(40000, 3)]
    public void Apply_WithReader_GivesTheMapsAndHandsEachRowOnce(int width, int height)
    {
        foreach (Filter[] filters in (Filter[][])[Sobel, [new(Noise(5)), new(Noise(3), Response.Offset128, 0.3f)]])
        {
            foreach (bool? streams in (bool?[])[true, false, null])
            {
                Check(filters, new() { StreamMaps = streams }, width, height);
            }
        }

        Check(Sobel, new() { StreamMaps = true, StrideX = 2, StrideY = 3 }, width, height);
    }

    // Past the caches where a call without a reader would write so, too, and where a row of both maps fits the stack.
    [Theory]
    [InlineData(1920, true, true)]
    [InlineData(1921, true, true)]
    [InlineData(1920, false, false)]
    [InlineData(40000, true, false)]
    public void Apply_WithReader_StreamsAsItSays(int width, bool streams, bool expected)
    {
        using Plane<byte> input = Planes.From(Planes.Random(new Random(4), width, 5));
        using var maps = new Plane<byte>(2 * width, 5);
        var bank = new FilterBank(Operation.Correlation, BorderMode.Mirror, new() { StreamMaps = streams }, Sobel);

        bank.Apply(input, maps.View.Slice(0, 0, width, 5), maps.View.Slice(width, 0, width, 5), new Copier(maps: null, new int[5]));

        VectorWidth narrowest = width % 64 == 0 ? VectorWidth.Vector256 : VectorWidth.Vector512;
        Assert.Equal(expected && VectorWidths.Best >= narrowest, bank.LastCallStreamed);
    }

    [Fact]
    public void Apply_ReaderThatThrows_EndsTheCall()
    {
        using Plane<byte> input = Planes.From(Planes.Random(new Random(3), 640, 480));
        using var maps = new Plane<byte>(1280, 480);
        using var workers = new WorkerPool(2);
        var bank = new FilterBank(Operation.Correlation, BorderMode.Mirror, Sobel);

        Assert.Throws<InvalidTimeZoneException>(
            () => bank.Apply(input, maps.Slice(0, 0, 640, 480), maps.Slice(640, 0, 640, 480), default(Thrower), workers));
    }

    [Fact]
    public void Apply_WithReader_AllocatesNothing()
    {
        using Plane<byte> input = Planes.From(Planes.Random(new Random(3), 1920, 64));
        using var image = new Plane<byte>(3840, 64);
        using var seen = new Plane<byte>(3840, 64);
        (Plane<byte> first, Plane<byte> second) = (image.Slice(0, 0, 1920, 64), image.Slice(1920, 0, 1920, 64));
        var bank = new FilterBank(Operation.Correlation, BorderMode.Mirror, new() { StreamMaps = true }, Sobel);
        var reader = new Copier(seen, new int[64]);
        bank.Apply(input, first, second, reader);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bank.Apply(input, first, second, reader);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Check(Filter[] filters, FilterBankOptions options, int width, int height)
    {
        using Plane<byte> input = Planes.From(Planes.Random(new Random(5), width, height));
        var bank = new FilterBank(Operation.Correlation, BorderMode.Mirror, options, filters);
        (int w, int h) = (bank.OutputWidth(width), bank.OutputHeight(height));
        using var expected = new Plane<byte>(2 * w, h);
        bank.Apply(input, expected.View.Slice(0, 0, w, h), expected.View.Slice(w, 0, w, h));
        foreach (int threads in (int[])[1, 2, 3])
        {
            // An odd place in a larger image: neither map stands on lines.
            using var image = new Plane<byte>((2 * w) + 9, h + 1);
            using var seen = new Plane<byte>(2 * w, h);
            using var workers = new WorkerPool(threads);
            int[] times = new int[h];
            image.View.Fill(77);

            bank.Apply(input, image.View.Slice(5, 0, w, h), image.View.Slice(5 + w, 0, w, h), new Copier(seen, times), workers);

            Assert.All(times, t => Assert.Equal(1, t));
            for (int y = 0; y < h; y++)
            {
                Assert.True(expected.Row(y).SequenceEqual(seen.Row(y)), $"row {y} read, {threads} threads, {options}");
                Assert.True(expected.Row(y).SequenceEqual(image.Row(y).Slice(5, 2 * w)), $"row {y} written, {threads} threads, {options}");
                Assert.False(image.Row(y)[..5].ContainsAnyExcept((byte)77) || image.Row(y)[(5 + (2 * w))..].ContainsAnyExcept((byte)77));
            }
        }
    }

    private static Kernel Noise(int side)
    {
        var random = new Random(side);
        float[,] weights = new float[side, side];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i / side, i % side] = random.Next(-9, 10);
        }

        return new(weights);
    }

    private readonly struct Copier(Plane<byte>? maps, int[] times) : IStripReader
    {
        public void Read(int row, ReadOnlyPlaneView<byte> first, ReadOnlyPlaneView<byte> second)
        {
            for (int y = 0; y < first.Height; y++)
            {
                if (maps is not null)
                {
                    first.Row(y).CopyTo(maps.Row(row + y));
                    second.Row(y).CopyTo(maps.Row(row + y)[first.Width..]);
                }

                Interlocked.Increment(ref times[row + y]);
            }
        }
    }

    private readonly struct Thrower : IStripReader
    {
        public void Read(int row, ReadOnlyPlaneView<byte> first, ReadOnlyPlaneView<byte> second) => throw new InvalidTimeZoneException();
    }
}
