using System.Text;
using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page.Tests;

/// <summary>The microscope's numbers against plain loops.</summary>
public sealed class MicroscopeTests
{
    private static readonly double[][] Seed = [[1, 0, -1], [1, 0, -1], [1, 0, -1]];

    private static MicroscopeRequest Request(int width, int height) => new(
        width, height, null, Seed, MicroscopeKind.Convolution, Operation.Correlation, BorderMode.Zero, 1, 0, 1, 0, 0);

    [Fact]
    public void Slide_RandomRequests_AreThePlainSums()
    {
        var random = new Random(4);
        int seen = 0;
        for (int i = 0; i < 400; i++)
        {
            MicroscopeRequest request = Any(random) with { Kind = MicroscopeKind.Convolution };
            int[][] image = Image(random, request);
            MicroscopeMessage answer = Microscope.Answer(request, image);
            int height = Positions(request.Height, request.Kernel.Length, request);
            int width = Positions(request.Width, request.Kernel[0].Length, request);
            Assert.Equal(height < 1 || width < 1, answer.Refused is not null);
            if (answer.Refused is null)
            {
                seen++;
                Assert.Equal((width, height), (answer.Horizontally!.Out, answer.Vertically!.Out));
                double[][] expected = Plain(request, image, width, height);
                Assert.Equal(height, answer.Output.Length);
                Assert.All(
                    answer.Output.SelectMany(row => row).Zip(expected.SelectMany(row => row)),
                    pair => Assert.Equal(pair.Second, pair.First, 1e-6));
                Assert.Equal(answer.Value, answer.Products.Sum(row => row.Sum()), 1e-6);
                Assert.Equal(answer.Output[answer.Y][answer.X], answer.Value);
            }
        }

        Assert.InRange(seen, 100, 400);
    }

    [Fact]
    public void Place_LastStep_IsTheWholeTransposedConvolution_AndTheFirstOneKernel()
    {
        int[][] image = [[10, 20, 30], [40, 50, 60]];
        MicroscopeRequest request = Request(3, 2) with { Kind = MicroscopeKind.Transposed, Stride = 2, Kernel = [[1, 2], [3, 4], [5, 6]] };

        MicroscopeMessage first = Microscope.Answer(request, image);
        MicroscopeMessage last = Microscope.Answer(request with { X = 2, Y = 1 }, image);

        Assert.Equal((6, 5), (last.Horizontally!.Out, last.Vertically!.Out));
        double[][] expected = Empty(6, 5);
        Place(expected, request.Kernel, 10, 0, 0);
        Assert.Equal(expected, first.Output);
        for (int y = 0; y < 2; y++)
        {
            for (int x = 0; x < 3; x++)
            {
                Place(expected, request.Kernel, x == 0 && y == 0 ? 0 : image[y][x], 2 * x, 2 * y);
            }
        }

        Assert.Equal(expected, last.Output);
        Assert.Equal([[60.0]], last.Window);
    }

    [Fact]
    public void Pools_OfFourCells_AreTheLargestAndTheMean()
    {
        MicroscopeRequest request = Request(2, 2) with { Kernel = [[0, 0], [0, 0]] };
        int[][] image = [[1, 2], [3, 10]];

        Assert.Equal(10, Microscope.Answer(request with { Kind = MicroscopeKind.MaxPool }, image).Value);
        Assert.Equal(4, Microscope.Answer(request with { Kind = MicroscopeKind.AveragePool }, image).Value);
        Assert.Equal(
            MicroscopeRefusal.PoolPadding, Microscope.Answer(request with { Kind = MicroscopeKind.MaxPool, Padding = 2 }, image).Refused);
    }

    [Fact]
    public void Reduced_ImageOfQuarters_IsTheirMeans()
    {
        using var image = new Plane<byte>(8, 4);
        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                image.Row(y)[x] = (byte)(x is < 2 or > 5 ? 99 : (10 * (y / 2)) + (x < 4 ? 1 : 2));
            }
        }

        // The square in the middle; what is left and right of it is cut off.
        Assert.Equal([[1, 2], [11, 12]], ReducedImage.Of(image, 2, 2));
        Assert.Equal(12, ReducedImage.Of(image, 16, 16)[15][15]);
    }

    [Theory]
    [InlineData("\"width\":2", "\"width\":17")]
    [InlineData("\"width\":2", "\"width\":0")]
    [InlineData("\"height\":2", "\"height\":3")]
    [InlineData("[1,2]", "[1,256]")]
    [InlineData("[1,2]", "null")]
    [InlineData("[[1]]", "[[1e999]]")]
    [InlineData("[[1]]", "[]")]
    [InlineData("[[1]]", "[[]]")]
    [InlineData("[[1]]", "[[1,2],[3]]")]
    [InlineData("[[1]]", "[[1,2,3,4,5,6,7,8]]")]
    [InlineData("\"zero\"", "\"constant\"")]
    [InlineData("\"stride\":1", "\"stride\":5")]
    [InlineData("\"padding\":0", "\"padding\":5")]
    [InlineData("\"dilation\":1", "\"dilation\":0")]
    [InlineData("\"stride\":1", "\"steps\":1")]
    public void Read_OutsideTheLimits_IsRefused(string good, string bad)
    {
        const string Body =
            """
            {"width":2,"height":2,"image":[[1,2],[3,4]],"kernel":[[1]],"kind":"convolution","operation":"correlation","border":"zero",
              "stride":1,"padding":0,"dilation":1,"x":0,"y":0}
            """;
        Assert.Equal(2, MicroscopeRequest.Read(Encoding.UTF8.GetBytes(Body)).Width);
        Assert.Contains(good, Body, StringComparison.Ordinal);

        FormatException e = Assert.Throws<FormatException>(
            () => MicroscopeRequest.Read(Encoding.UTF8.GetBytes(Body.Replace(good, bad, StringComparison.Ordinal))));

        Assert.InRange(Encoding.UTF8.GetByteCount(e.Message), 1, 123);
    }

    private static MicroscopeRequest Any(Random random) => Request(random.Next(1, 9), random.Next(1, 9)) with
    {
        Kernel = Weights(random, random.Next(1, 6), random.Next(1, 6)),
        Operation = (Operation)random.Next(2),
        Border = PresetFile.Borders[random.Next(PresetFile.Borders.Count)],
        Stride = random.Next(1, 5),
        Padding = random.Next(0, 5),
        Dilation = random.Next(1, 4),
        X = random.Next(20),
        Y = random.Next(20),
    };

    private static double[][] Weights(Random random, int width, int height) =>
        [.. Enumerable.Range(0, height).Select(_ => Enumerable.Range(0, width).Select(_ => random.NextDouble() - 0.5).ToArray())];

    private static int[][] Image(Random random, MicroscopeRequest request) =>
        [.. Enumerable.Range(0, request.Height).Select(_ => Enumerable.Range(0, request.Width).Select(_ => random.Next(256)).ToArray())];

    private static int Positions(int input, int kernel, MicroscopeRequest request)
    {
        int span = input + (2 * request.Padding) - (request.Dilation * (kernel - 1)) - 1;
        return span < 0 ? 0 : (span / request.Stride) + 1;
    }

    private static double[][] Plain(MicroscopeRequest request, int[][] image, int width, int height)
    {
        double[][] output = Empty(width, height);
        (int rows, int columns) = (request.Kernel.Length, request.Kernel[0].Length);
        bool turns = request.Operation == Operation.Convolution;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int j = 0; j < rows; j++)
                {
                    for (int i = 0; i < columns; i++)
                    {
                        int row = Place(y, j, request.Height, request);
                        int column = Place(x, i, request.Width, request);
                        double weight = turns ? request.Kernel[rows - 1 - j][columns - 1 - i] : request.Kernel[j][i];
                        output[y][x] += row < 0 || column < 0 ? 0 : weight * image[row][column];
                    }
                }
            }
        }

        return output;
    }

    private static int Place(int output, int weight, int length, MicroscopeRequest request) =>
        Borders.Map((output * request.Stride) - request.Padding + (weight * request.Dilation), length, request.Border);

    private static double[][] Empty(int width, int height) => [.. Enumerable.Range(0, height).Select(_ => new double[width])];

    private static void Place(double[][] output, double[][] kernel, double value, int left, int top)
    {
        for (int j = 0; j < kernel.Length; j++)
        {
            for (int i = 0; i < kernel[j].Length; i++)
            {
                output[top + j][left + i] += value * kernel[j][i];
            }
        }
    }
}
