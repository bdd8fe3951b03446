namespace LiveConv.Convolution.Tests;

/// <summary>Maps written past the caches are the same maps: a few rows at a time, half lines, tiles of several threads.</summary>
public class FilterBankStreamTests
{
    private static readonly Kernel SobelKernel = new(new float[,] { { 1, 0, -1 }, { 2, 0, -2 }, { 1, 0, -1 } });
    private static readonly Kernel PrewittKernel = new(new float[,] { { 1, 0, -1 }, { 1, 0, -1 }, { 1, 0, -1 } });
    private static readonly Kernel ScharrKernel = new(new float[,] { { 3, 0, -3 }, { 10, 0, -10 }, { 3, 0, -3 } });
    private static readonly Kernel AnyKernel = new(new float[,] { { 3, -7, 1 }, { 0, 11, -2 }, { -4, 5, 9 } });

    public static TheoryData<string> Banks =>
        new("Prewitt", "Sobel", "Scharr", "any pair", "one", "clamped pair", "two pairs and a large one");

    [Theory]
    [MemberData(nameof(Banks))]
    public void Apply_StreamedMaps_EqualScalar(string name)
    {
        Filter[] filters = FiltersOf(name);
        var random = new Random(name.Length);
        using var workers = new WorkerPool(3);
        foreach (VectorWidth vector in Enum.GetValues<VectorWidth>().Where(VectorWidths.IsSupported))
        {
            for (int width = 1; width < 460; width += random.Next(1, 12) * Thoroughness.Every)
            {
                Check(random, vector, filters, width, random.Next(1, 70), workers);
            }
        }
    }

    [Theory]
    [InlineData(2113)]
    [InlineData(2176)]
    [InlineData(4400)]
    public void Apply_StreamedMapsOfWideImages_EqualScalar(int width)
    {
        var random = new Random(width);
        using var workers = new WorkerPool(2);
        foreach (VectorWidth vector in Enum.GetValues<VectorWidth>().Where(VectorWidths.IsSupported))
        {
            foreach (string gradient in (string[])["Prewitt", "Sobel", "Scharr"])
            {
                Check(random, vector, FiltersOf(gradient), width, 37, workers);
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(3, 29)]
    public void Apply_NothingSet_StreamsFreshMapsAtEveryWidthWithAvx512(int offset, int gap)
    {
        const int Height = 5;
        foreach (int width in (int[])[65, 100, 127, 128, 160, 176, 352, 424, 640, 720, 800, 848, 854, 1366, 1440, 1920])
        {
            // The second map stands beside the first one in one image.
            int pitch = offset + 2 * width + gap;
            byte[] memory = new byte[pitch * Height];
            var image = new PlaneView<byte>(memory, pitch, Height, pitch);
            foreach (string pair in (string[])["Prewitt", "Sobel", "Scharr"])
            {
                var bank = new FilterBank(Operation.Correlation, BorderMode.Replicate, FiltersOf(pair));
                using var input = new Plane<byte>(width, Height);
                PlaneView<byte> left = image.Slice(offset, 0, width, Height), right = image.Slice(offset + width, 0, width, Height);

                bank.Apply(input, left, right);

                // With AVX2 where the memory happens to stand on cache lines.
                Assert.True(VectorWidths.Best == VectorWidth.Vector256 || bank.LastCallStreamed == CanStream, $"{pair} {width}");
            }
        }
    }

    [Fact]
    public void Apply_NothingSet_StreamsFreshPlanes()
    {
        foreach (string pair in (string[])["Prewitt", "Sobel", "Scharr", "any pair"])
        {
            var bank = new FilterBank(Operation.Correlation, BorderMode.Replicate, FiltersOf(pair));
            using var input = new Plane<byte>(200, 5);
            using var first = new Plane<byte>(200, 5);
            using var second = new Plane<byte>(200, 5);

            bank.Apply(input, [first, second]);

            Assert.True(bank.LastCallStreamed == CanStream, pair);
        }
    }

    private static bool CanStream => VectorWidths.Best >= VectorWidth.Vector256;

    private static Filter[] FiltersOf(string name) => name switch
    {
        "Prewitt" => [new(PrewittKernel), new(PrewittKernel.Transpose())],
        "Sobel" => [new(SobelKernel.Transpose()), new(SobelKernel)],
        "Scharr" => [new(ScharrKernel), new(ScharrKernel.Transpose())],
        "any pair" => [new(AnyKernel), new(AnyKernel.Transpose())],
        "one" => [new(AnyKernel)],
        "clamped pair" => [new(AnyKernel, Response.Offset128), new(AnyKernel, Response.Negative)],
        _ => [new(SobelKernel), new(SobelKernel.Transpose()), new(AnyKernel), new(PrewittKernel), new(new Kernel(new float[5, 7]))],
    };

    // The image begins anywhere and its rows are any distance apart: only maps are aligned.
    private static void Check(Random random, VectorWidth vector, Filter[] filters, int width, int height, WorkerPool workers)
    {
        byte[,] image = Planes.Random(random, width, height);
        int offset = random.Next(64);
        int pitch = width + random.Next(70);
        byte[] memory = new byte[offset + pitch * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                memory[offset + y * pitch + x] = image[y, x];
            }
        }

        var border = (BorderMode)random.Next(Enum.GetValues<BorderMode>().Length);
        var options = new FilterBankOptions { StreamMaps = true, BorderValue = 77 };
        var bank = new FilterBank(Operation.Correlation, border, options, vector, filters);
        Plane<byte>[] maps = [.. filters.Select(_ => new Plane<byte>(width, height))];

        bank.Apply(new ReadOnlyPlaneView<byte>(memory.AsSpan(offset), width, height, pitch), maps, workers);

        for (int f = 0; f < filters.Length; f++)
        {
            byte[,] expected = ScalarFilter.Apply(image, filters[f], Operation.Correlation, border, options);
            Assert.True(
                expected.Cast<byte>().SequenceEqual(Planes.ToArray(maps[f]).Cast<byte>()),
                $"{vector} {width}x{height} {border} offset {offset} pitch {pitch} filter {f}");
            maps[f].Dispose();
        }
    }
}
