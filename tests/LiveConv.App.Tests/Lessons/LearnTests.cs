using LiveConv.App.Conv;
using LiveConv.App.Learn;
using LiveConv.Pipeline;

namespace LiveConv.App.Tests.Lessons;

public class LearnTests
{
    private static readonly double[] Seed = [1, 0, -1, 1, 0, -1, 1, 0, -1];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Descent_PictureAndItsMap_RecoversTheSeedsKernel(bool isValidOnly)
    {
        NumberArray picture = Noise(30, 40);
        NumberArray map = Respond(picture, Seed, isValidOnly);

        NormalEquations problem = Examples.FromArrays(picture, map, 0, 3, 3);
        (double[] Kernel, double Loss)[] steps = [.. Descent.Run(problem, 36)];

        Assert.Equal(0, problem.OpenWeights());
        Assert.All(Seed.Zip(steps[^1].Kernel), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.True(steps[^1].Loss < 1e-9 * steps[0].Loss);
        Assert.True(steps[1].Loss < steps[0].Loss);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 6)]
    public void OpenWeights_PoorPicture_SaysHowManyAreOpen(int kind, int open)
    {
        // All one grey, or the same row again and again: what varies only along x says nothing of how weights share a column.
        double[] values = [.. Enumerable.Range(0, 900).Select(i => kind == 0 ? 7.0 : (i % 30) * (i % 30) % 17)];
        var picture = new NumberArray(values, [30, 30]);

        Assert.Equal(open, Examples.FromArrays(picture, picture, 0, 3, 3).OpenWeights());
    }

    [Fact]
    public void FromArrays_SizesThatDoNotFit_AreRefused() =>
        Assert.Throws<LiveConvException>(() => Examples.FromArrays(Noise(9, 9), Noise(8, 9), 0, 3, 3));

    [Fact]
    public void Svg_Losses_IsAPictureWithACurve()
    {
        string svg = LossPlot.Svg([1000, 10, 0]);

        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
        Assert.Contains("polyline", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learn_PresetOnLivePictures_PrintsItsKernel()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("learn", "--preset", "sobel", "--source", "test", "--frames", "1");

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]", ended.Output.Trim());
    }

    [Fact]
    public async Task Learn_NothingToLearnFrom_IsUsage() =>
        Assert.Equal(2, (await LiveConvProcess.RunAsync("learn", "--input", "a.png")).ExitCode);

    private static NumberArray Noise(int height, int width)
    {
        var random = new Random(4);
        return new NumberArray([.. Enumerable.Range(0, height * width).Select(_ => (double)random.Next(256))], [height, width]);
    }

    private static NumberArray Respond(NumberArray picture, double[] kernel, bool isValidOnly)
    {
        (int height, int width) = (picture.Shape[0], picture.Shape[1]);
        int rim = isValidOnly ? 1 : 0;
        var map = new double[(height - 2 * rim) * (width - 2 * rim)];
        for (int y = 1; y < height - 1; y++)
        {
            for (int x = 1; x < width - 1; x++)
            {
                map[(y - rim) * (width - 2 * rim) + x - rim] = Enumerable.Range(0, 9).Sum(i => kernel[i] * picture.Values[(y - 1 + i / 3) * width + x - 1 + i % 3]);
            }
        }

        return new NumberArray(map, [height - 2 * rim, width - 2 * rim]);
    }
}
