using LiveConv.Convolution;

namespace LiveConv.Page.Tests;

public sealed class ReductionTests
{
    public static TheoryData<string> Kinds() => [.. Enum.GetNames<ReductionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_RandomPlanes_IsWhatEachRectangleBecomes(string name)
    {
        ReductionKind kind = Enum.Parse<ReductionKind>(name);
        const int Seed = 20261129;
        var random = new Random(Seed);
        for (int i = 0; i < 300; i++)
        {
            using var from = new Plane<byte>(random.Next(1, 300), random.Next(1, 60));
            Fill(from, random, isWhite: i % 5 == 0);
            using var to = new Plane<byte>(Side(from.Width, random), Side(from.Height, random));

            Reduction.Apply(from, kind, to, new byte[Reduction.BufferSize(from.Width)]);

            for (int y = 0; y < to.Height; y++)
            {
                for (int x = 0; x < to.Width; x++)
                {
                    Assert.True(Pixel(from, to, kind, x, y) == to.Row(y)[x], $"seed {Seed}, plane {i}: at {x}, {y}");
                }
            }
        }
    }

    [Theory]
    [InlineData(1920, 1080, 718, 404, 768, 432)]
    [InlineData(1920, 1080, 640, 360, 640, 360)]
    [InlineData(1920, 1080, 641, 360, 698, 392)]
    [InlineData(1920, 1080, 640, 361, 698, 392)]
    [InlineData(1920, 1080, 1537, 864, 1920, 1080)]
    [InlineData(1920, 1080, 1536, 864, 1536, 864)]
    [InlineData(1920, 1080, 1921, 1081, 1920, 1080)]
    [InlineData(1920, 1080, 1, 1, 120, 68)]
    [InlineData(64, 48, 718, 404, 64, 48)]
    public void SharedSizeFor_Size_IsTheSmallestThatLeavesNoSideSmaller(
        int width, int height, int drawnWidth, int drawnHeight, int sharedWidth, int sharedHeight)
    {
        using var plane = new Plane<byte>(width, height);

        Assert.Equal((sharedWidth, sharedHeight), Reduction.SharedSizeFor(plane, drawnWidth, drawnHeight));
    }

    [Theory]
    [InlineData(1920, 1080, 718, 404, 718, 404)]
    [InlineData(1920, 1080, 1921, 404, 1920, 404)]
    [InlineData(1920, 1080, 1, 1, 120, 68)]
    [InlineData(64, 48, 718, 404, 64, 48)]
    public void SizeFor_Size_IsWhatIsDrawn(int width, int height, int drawnWidth, int drawnHeight, int sentWidth, int sentHeight)
    {
        using var plane = new Plane<byte>(width, height);

        Assert.Equal((sentWidth, sentHeight), Reduction.SizeFor(plane, drawnWidth, drawnHeight));
    }

    // Between a sixteenth and all.
    private static int Side(int whole, Random random) => random.Next((whole + 15) / 16, whole + 1);

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

    private static byte Pixel(Plane<byte> from, Plane<byte> to, ReductionKind kind, int x, int y)
    {
        var rectangle = new List<byte>();
        for (int row = y * from.Height / to.Height; row < (y + 1) * from.Height / to.Height; row++)
        {
            for (int column = x * from.Width / to.Width; column < (x + 1) * from.Width / to.Width; column++)
            {
                rectangle.Add(from.Row(row)[column]);
            }
        }

        return kind switch
        {
            ReductionKind.Mean => (byte)((rectangle.Sum(pixel => pixel) + (rectangle.Count / 2)) / rectangle.Count),
            ReductionKind.Strongest => rectangle.Max(),
            _ => rectangle.OrderByDescending(pixel => Math.Abs(pixel - 128)).ThenByDescending(pixel => pixel).First(),
        };
    }
}
