namespace LiveConv.Convolution.Tests;

/// <summary>Gains on 16-bit sums: every sum there is, at gains that make ties, nearly make them, saturate or vanish.</summary>
public class FusedScaleTests
{
    private const int Weight = 127;

    [Theory]
    [InlineData(0.5f)]
    [InlineData(1.5f)]
    [InlineData(0.75f)]
    [InlineData(1 / 3f)]
    [InlineData(0.3f)]
    [InlineData(0.7f)]
    [InlineData(0.1f)]
    [InlineData(1 / 256f)]
    [InlineData(0.0078124995f)]
    [InlineData(1.0000001f)]
    [InlineData(-1f)]
    [InlineData(-0.3f)]
    [InlineData(127.99999f)]
    [InlineData(128f)]
    [InlineData(-128f)]
    [InlineData(128.00002f)]
    [InlineData(float.MinValue)]
    [InlineData(float.Epsilon)]
    [InlineData(0f)]
    public void Apply_EverySumOf16Bits_EqualsScalar(float gain)
    {
        // Every sum from 0 to 127 * 255 + 126 in a column of its own row; its negative by the negated kernel.
        var image = new byte[256, 2 * Weight];
        for (int y = 0; y < image.GetLength(0); y++)
        {
            for (int x = 0; x < image.GetLength(1); x++)
            {
                image[y, x] = (byte)(x % 2 == 0 ? y : x / 2);
            }
        }

        // Fused with one another, with a gain of 1, and on their own in a wider window.
        Response[] responses = Enum.GetValues<Response>();
        var plain = new Filter(new Kernel(new float[,] { { 1, 2, -1 } }));
        foreach (Response response in responses)
        {
            Check(image,
                [new(new Kernel(new float[,] { { Weight, 1 } }).WithAnchor(0, 0), response, gain),
                new(new Kernel(new float[,] { { -Weight, -1 } }).WithAnchor(0, 0), response, gain)]);
        }

        Check(image, [plain, new(new Kernel(new float[,] { { -Weight, -1, 0 } }).WithAnchor(0, 0), Response.Abs, gain)]);
        Check(image,
            [.. responses.Select(
                response => new Filter(new Kernel(new float[,] { { Weight, 1, 0, 0, 0 } }).WithAnchor(0, 0), response, gain))]);
    }

    [Theory]
    [InlineData(1 / 9f)]
    [InlineData(2.5f)]
    public void Apply_SeparableWithGain_EqualsScalar(float gain)
    {
        var slope = new float[7, 7];
        for (int i = 0; i < slope.Length; i++)
        {
            slope[i / 7, i % 7] = Math.Sign(3 - i % 7) * (i / 7 == 3 ? 2 : 1);
        }

        byte[,] image = Planes.Random(new Random(7), 200, 40);
        Check(image, [.. Enum.GetValues<Response>().Select(response => new Filter(new Kernel(slope), response, gain))]);
    }

    internal static void Check(byte[,] image, Filter[] filters)
    {
        using var workers = new WorkerPool(1);
        using Plane<byte> input = Planes.From(image);
        byte[][,] expected = [.. filters.Select(filter => ScalarFilter.Apply(image, filter, Operation.Correlation, BorderMode.Replicate))];
        foreach (VectorWidth vector in FilterBankExactTests.Widths())
        {
            Plane<byte>[] maps = [.. filters.Select(_ => new Plane<byte>(input.Width, input.Height))];
            new FilterBank(Operation.Correlation, BorderMode.Replicate, new FilterBankOptions(), vector, filters).Apply(
                input.View, maps, workers);
            for (int f = 0; f < filters.Length; f++)
            {
                Assert.True(
                    expected[f].Cast<byte>().SequenceEqual(Planes.ToArray(maps[f]).Cast<byte>()), $"{vector}, filter {f}: {filters[f]}");
                maps[f].Dispose();
            }
        }
    }
}
