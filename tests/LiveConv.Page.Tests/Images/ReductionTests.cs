using LiveConv.Convolution;

namespace LiveConv.Page.Tests;

public sealed class ReductionTests
{
    private static readonly int[] Factors = [2, 3, 4, 6, 8, 12, 16];

    public static TheoryData<string> Kinds() => [.. Enum.GetNames<ReductionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_RandomPlanes_IsWhatEachSquareBecomes(string name)
    {
        ReductionKind kind = Enum.Parse<ReductionKind>(name);
        const int Seed = 20261129;
        var random = new Random(Seed);
        for (int i = 0; i < 300; i++)
        {
            int factor = Factors[random.Next(Factors.Length)];
            using var from = new Plane<byte>(random.Next(1, 300), random.Next(1, 60));
            Fill(from, random, isWhite: i % 5 == 0);
            using var to = new Plane<byte>(Reduction.Length(from.Width, factor), Reduction.Length(from.Height, factor));

            Reduction.Apply(from, factor, kind, to, new ushort[from.Width]);

            for (int y = 0; y < to.Height; y++)
            {
                for (int x = 0; x < to.Width; x++)
                {
                    Assert.True(Pixel(from, factor, kind, x, y) == to.Row(y)[x], $"seed {Seed}, plane {i}: {factor} at {x}, {y}");
                }
            }
        }
    }

    [Theory]
    [InlineData(1920, 1080, 718, 404, 2)]
    [InlineData(1920, 1080, 640, 360, 3)]
    [InlineData(1920, 1080, 641, 360, 2)]
    [InlineData(1920, 1080, 640, 361, 2)]
    [InlineData(1920, 1080, 1921, 1081, 1)]
    [InlineData(1920, 1080, 960, 540, 2)]
    [InlineData(1920, 1080, 1, 1, 16)]
    [InlineData(64, 48, 718, 404, 1)]
    public void FactorFor_Size_IsTheLargestThatLeavesNoSideSmaller(int width, int height, int drawnWidth, int drawnHeight, int factor)
    {
        using var plane = new Plane<byte>(width, height);

        Assert.Equal(factor, Reduction.FactorFor(plane, drawnWidth, drawnHeight));
    }

    private static void Fill(Plane<byte> plane, Random random, bool isWhite)
    {
        for (int y = 0; y < plane.Height; y++)
        {
            random.NextBytes(plane.Row(y));
            if (isWhite)
            {
                plane.Row(y).Fill(255);
            }
        }
    }

    private static byte Pixel(Plane<byte> from, int factor, ReductionKind kind, int x, int y)
    {
        var square = new List<byte>();
        for (int row = y * factor; row < Math.Min((y + 1) * factor, from.Height); row++)
        {
            for (int column = x * factor; column < Math.Min((x + 1) * factor, from.Width); column++)
            {
                square.Add(from.Row(row)[column]);
            }
        }

        return kind switch
        {
            ReductionKind.Mean => (byte)((square.Sum(pixel => pixel) + (square.Count / 2)) / square.Count),
            ReductionKind.Strongest => square.Max(),
            _ => square.OrderByDescending(pixel => Math.Abs(pixel - 128)).ThenByDescending(pixel => pixel).First(),
        };
    }
}
