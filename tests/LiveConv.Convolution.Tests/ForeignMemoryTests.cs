namespace LiveConv.Convolution.Tests;

/// <summary>Maps in memory that no plane owns: any offset, any pitch, the same bytes; and nothing else is touched.</summary>
public class ForeignMemoryTests
{
    private const byte Canary = 0xA5;
    private static readonly Kernel Sobel = KnownKernels.SobelX;
    private static readonly Kernel Odd = new(new float[,] { { 3, -7, 1 }, { 0, 11, -2 }, { -4, 5, 9 } });

    public static TheoryData<string, bool> Banks
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string bank in (string[])["gradient", "one", "many", "separable", "taps", "real", "strided"])
            {
                data.Add(bank, false);
                data.Add(bank, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Banks))]
    public unsafe void Apply_WrappedPlanes_EqualScalarAndNothingElseIsWritten(string name, bool streams)
    {
        (FilterBankOptions options, Filter[] filters) = BankOf(name, streams);
        var random = new Random(name.Length);
        using var pool = new WorkerPool(3);
        foreach (VectorWidth vector in Enum.GetValues<VectorWidth>().Where(VectorWidths.IsSupported))
        {
            for (int width = 1; width < 330; width += random.Next(1, 40) * Thoroughness.Every)
            {
                int height = random.Next(1, 40);
                byte[,] image = Planes.Random(random, width, height);
                using Plane<byte> input = Planes.From(image);
                var bank = new FilterBank(Operation.Correlation, BorderMode.Mirror, options, vector, filters);
                (int mapWidth, int mapHeight) = (bank.OutputWidth(width), bank.OutputHeight(height));
                int offset = random.Next(2) * random.Next(64);
                int pitch = random.Next(2) == 0 ? mapWidth + random.Next(70) : (mapWidth + 63) & ~63;
                using var memory = new Plane<byte>(offset + pitch * mapHeight * filters.Length + 64, 1);
                memory.View.Fill(Canary);
                fixed (byte* first = memory.Row(0))
                {
                    var maps = new Plane<byte>[filters.Length];
                    for (int m = 0; m < maps.Length; m++)
                    {
                        maps[m] = new Plane<byte>(first + offset + (nint)m * pitch * mapHeight, mapWidth, mapHeight, pitch);
                    }

                    bank.Apply(input, maps, random.Next(2) == 0 ? pool : null);

                    string which = $"{vector} {width}x{height} offset {offset} pitch {pitch}";
                    for (int m = 0; m < maps.Length; m++)
                    {
                        byte[,] expected = ScalarFilter.Apply(image, filters[m], Operation.Correlation, BorderMode.Mirror, options);
                        Assert.True(expected.Cast<byte>().SequenceEqual(Planes.ToArray(maps[m]).Cast<byte>()), $"{which} map {m}");
                        maps[m].View.Fill(Canary);
                    }

                    Assert.True(!memory.Row(0).ContainsAnyExcept(Canary), which);
                }
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Apply_TwoHalvesOfOneImage_EqualScalar(bool streams)
    {
        const int Height = 19;
        Filter[] filters = [new(Sobel), new(Sobel.Transpose())];
        var bank = new FilterBank(Operation.Correlation, BorderMode.Mirror, new() { StreamMaps = streams }, filters);
        var random = new Random(7);
        for (int width = 1; width < 330; width += random.Next(1, 9) * Thoroughness.Every)
        {
            byte[,] pixels = Planes.Random(random, width, Height);
            using Plane<byte> input = Planes.From(pixels);
            int before = random.Next(2) * random.Next(64), after = random.Next(2) * random.Next(64);
            using var owned = new Plane<byte>(before + 2 * width + after, Height);
            owned.View.Fill(Canary);
            (int first, int second) = random.Next(2) == 0 ? (before, before + width) : (before + width, before);

            bank.Apply(input, [owned.Slice(first, 0, width, Height), owned.Slice(second, 0, width, Height)]);

            byte[][,] expected = [.. filters.Select(f => ScalarFilter.Apply(pixels, f, Operation.Correlation, BorderMode.Mirror))];
            for (int y = 0; y < Height; y++)
            {
                byte[] row = [.. Enumerable.Repeat(Canary, owned.Width)];
                for (int x = 0; x < width; x++)
                {
                    (row[first + x], row[second + x]) = (expected[0][y, x], expected[1][y, x]);
                }

                Assert.True(owned.Row(y).SequenceEqual(row), $"width {width} at {first} and {second} of {owned.Width}, row {y}");
            }
        }
    }

    [Fact]
    public void Apply_SumsIntoArrays_EqualTheOwnedPlanes()
    {
        var bank = new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(Odd));
        using Plane<byte> input = Planes.From(Planes.Random(new Random(8), 75, 9));
        using var owned = new Plane<int>(75, 9);
        int[] array = new int[80 * 9];
        Array.Fill(array, -77);

        bank.Apply(input, [owned]);
        bank.Apply(input, new PlaneView<int>(array, 75, 9, 80));

        for (int y = 0; y < 9; y++)
        {
            Assert.Equal(owned.Row(y), array.AsSpan(80 * y, 75));
            Assert.Equal([-77, -77, -77, -77, -77], array.AsSpan(80 * y + 75, 5));
        }
    }

    [Fact]
    public void Apply_MapsThatShareBytes_Throws()
    {
        var bank = new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(Sobel), new Filter(Odd));
        using var input = new Plane<byte>(40, 8);
        byte[] memory = new byte[100 * 8];

        Assert.Throws<ArgumentException>("second", () => Run(0, 39));
        Assert.Throws<ArgumentException>("second", () => Run(39, 0));
        Assert.Throws<ArgumentException>("second", () => Run(10, 10));
        Run(0, 40);
        Run(60, 20);

        void Run(int left, int right)
        {
            var image = new PlaneView<byte>(memory, 100, 8, 100);
            bank.Apply(input, image.Slice(left, 0, 40, 8), image.Slice(right, 0, 40, 8));
        }
    }

    [Fact]
    public void Apply_OneMapForTwoFilters_Throws()
    {
        var bank = new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(Sobel), new Filter(Odd));
        using var input = new Plane<byte>(8, 8);
        using var map = new Plane<byte>(8, 8);

        ArgumentException e = Assert.Throws<ArgumentException>("map", () => bank.Apply(input, map));
        Assert.Contains("2 maps; got 1", e.Message, StringComparison.Ordinal);
    }

    private static (FilterBankOptions Options, Filter[] Filters) BankOf(string name, bool streams)
    {
        var options = new FilterBankOptions { StreamMaps = streams };
        return name switch
        {
            "gradient" => (options, [new(Sobel), new(Sobel.Transpose())]),
            "one" => (options, [new(Odd, Response.Offset128)]),
            "many" => (options, [new(Sobel), new(Odd), new(Odd.Rotate90()), new(KnownKernels.Laplacian), new(new Kernel(new float[5, 7]))]),
            "separable" => (options, [new(KnownKernels.Box(7, 7), Gain: 1f / 49)]),
            "taps" => (options, [new(new float[,] { { 1, 0, 0, 0, -1 }, { 0, 2, 0, 0, 0 }, { 0, 0, 0, 0, -2 } })]),
            "real" => (options, [new(KnownKernels.Gaussian(5, 1.1f))]),
            _ => (options with { StrideX = 2, StrideY = 3 }, [new(Sobel), new(Odd)]),
        };
    }
}
