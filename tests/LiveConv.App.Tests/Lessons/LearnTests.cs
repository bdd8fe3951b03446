using LiveConv.Convolution;

namespace LiveConv.App.Tests.Lessons;

public class LearnTests
{
    private static readonly double[] Seed = [1, 0, -1, 1, 0, -1, 1, 0, -1];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Descent_ImageAndItsMap_RecoversTheSeedsKernel(bool isValidOnly)
    {
        NumberArray image = Noise(30, 40);
        NumberArray map = Respond(image, Seed, isValidOnly);

        LeastSquares problem = Examples.FromArrays(image, map, 0, 3, 3);
        DescentStep[] steps = [.. Descent.Run(problem)];

        Assert.Equal(0, problem.RankDeficiency());
        Assert.All(Seed.Zip(steps[^1].Kernel), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.True(steps[^1].Loss < 1e-9 * steps[0].Loss);
        Assert.True(steps[1].Loss < steps[0].Loss);
        Assert.True(steps[^1].IsMinimum);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(9, 2)]
    public void Descent_SmoothImage_StillEndsAtTheKernel(int side, int blurs)
    {
        // Of what is finer than the blur next to nothing is left to learn from; the sums of products would lose it.
        NumberArray image = Blurred(Noise(90, 120), blurs);
        var random = new Random(7);
        double[] kernel = [.. Enumerable.Range(0, side * side).Select(_ => (double)random.Next(-3, 4))];

        LeastSquares problem = Examples.FromArrays(image, RespondWithin(image, kernel, side), 0, side, side);
        DescentStep[] steps = [.. Descent.Run(problem)];

        Assert.Equal(0, problem.RankDeficiency());
        Assert.True(steps[^1].IsMinimum);
        Assert.All(kernel.Zip(steps[^1].Kernel), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    [InlineData(10000, true)]
    public void Descent_SmoothImage_ReachesTheMinimumInEnoughSteps(int steps, bool isReached)
    {
        NumberArray image = Blurred(Noise(90, 120), 3);
        double[] kernel = [.. Enumerable.Range(0, 25).Select(i => i % 7 - 3.0)];
        LeastSquares problem = Examples.FromArrays(image, RespondWithin(image, kernel, 5), 0, 5, 5);

        DescentStep[] made = [.. Descent.Run(problem, steps)];

        Assert.Equal(101, Descent.MaxSteps(problem));
        Assert.Equal(isReached, made[^1].IsMinimum);
        Assert.InRange(made.Length, 1, 102);
    }

    [Fact]
    public void Descent_TooFewSteps_SaysThatItIsNotTheMinimum()
    {
        NumberArray image = Noise(30, 40);
        LeastSquares problem = Examples.FromArrays(image, Respond(image, Seed, isValidOnly: true), 0, 3, 3);

        DescentStep[] steps = [.. Descent.Run(problem, 2)];

        Assert.Equal(3, steps.Length);
        Assert.DoesNotContain(steps, step => step.IsMinimum);
    }

    [Fact]
    public void Descent_TargetThatNoKernelMakes_EndsAtTheSmallestError()
    {
        NumberArray image = Noise(30, 40);
        var target = new NumberArray([.. image.Values.Select(value => value * value)], image.Shape);
        LeastSquares problem = Examples.FromArrays(image, target, 0, 3, 3);

        DescentStep last = Descent.Run(problem).Last();

        Assert.True(last.IsMinimum);
        Assert.True(last.Loss > 1);
        for (int i = 0; i < 9; i++)
        {
            double[] beside = [.. last.Kernel];
            beside[i] += 1e-3;
            Assert.True(problem.Loss(beside) > last.Loss);
        }
    }

    [Theory]
    [InlineData("[[-1, 0], [0.000001, 2]]", -1.00000004, -4e-7, 1.2e-6, 2.0)]
    [InlineData("[[0, 0], [0, 0]]", 0.0, -0.0, 0.0, 0.0)]
    [InlineData("[[0.00001234567, 0], [0, 0]]", 1.234567e-5, 1e-13, 0.0, 0.0)]
    [InlineData("[[123456789, 1], [0, 0]]", 123456789.2, 1.0, 0.1, 0.0)]
    public void WeightText_Weights_HaveNoExponentAndNoRounding(string text, params double[] kernel) =>
        Assert.Equal(text, WeightText.Of(kernel, 2));

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 6)]
    public void OpenWeights_PoorImage_SaysHowManyAreOpen(int kind, int open)
    {
        // All one grey, or the same row again and again: what varies only along x says nothing of how weights share a column.
        double[] values = [.. Enumerable.Range(0, 900).Select(i => kind == 0 ? 7.0 : (i % 30) * (i % 30) % 17)];
        var image = new NumberArray(values, [30, 30]);

        Assert.Equal(open, Examples.FromArrays(image, image, 0, 3, 3).RankDeficiency());
    }

    [Fact]
    public void FromArrays_SizesThatDoNotFit_AreRefused() =>
        Assert.Throws<LiveConvException>(() => Examples.FromArrays(Noise(9, 9), Noise(8, 9), 0, 3, 3));

    [Fact]
    public void Svg_Losses_IsAImageWithACurve()
    {
        string svg = LossPlot.Svg([1000, 10, 0]);

        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
        Assert.Contains("polyline", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learn_PresetOnLiveImages_PrintsItsKernel()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("learn", "--preset", "sobel", "--source", "test", "--frames", "1");

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]", ended.Output.Trim());
    }

    [Fact]
    public async Task Learn_TooFewSteps_PrintsTheKernelSoFarAndFails()
    {
        LiveConvProcess.Ended ended =
            await LiveConvProcess.RunAsync("learn", "--preset", "sobel", "--source", "test", "--frames", "1", "--steps", "2");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("[[", ended.Output, StringComparison.Ordinal);
        Assert.Contains(
            "the minimum was not reached in 2 steps: give more --steps; 37 always suffice", ended.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("either --input and --target, or --preset", "--input", "a.png")]
    [InlineData("either --input and --target, or --preset", "--input", "a.png", "--target", "b.npy", "--preset", "seed")]
    [InlineData("--source goes with --preset", "--input", "a.png", "--target", "b.npy", "--source", "test")]
    [InlineData("--frames goes with --preset", "--input", "a.png", "--target", "b.npy", "--frames", "2")]
    [InlineData("--pane goes with --preset", "--input", "a.png", "--target", "b.npy", "--pane", "vertical")]
    [InlineData("--presets goes with --preset", "--input", "a.png", "--target", "b.npy", "--presets", "here")]
    [InlineData("--zero goes with --target", "--preset", "seed", "--zero", "128")]
    [InlineData("--plot takes a .svg file", "--preset", "seed", "--plot", "loss.png")]
    [InlineData("--output takes a .npy file", "--preset", "seed", "--output", "kernel.png")]
    [InlineData("--output takes a .npy file", "--preset", "seed", "--output", "kernel.json")]
    [InlineData("--output takes a .npy file", "--preset", "seed", "--output", ".npy")]
    public async Task Learn_WrongUse_IsOneLineThatSaysWhatGoesWithWhat(string said, params string[] arguments)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(["learn", .. arguments]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(said, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learn_PixelThatIsNoNumber_IsRefusedByItsPlace()
    {
        string folder = Directory.CreateTempSubdirectory("liveconv-learn-").FullName;
        string path = Path.Combine(folder, "odd.npy");
        await File.WriteAllBytesAsync(path, NpyFile.Write(new NumberArray([1, 2, 3, 4, double.NaN, 6], [2, 3]), ElementType.Float32));

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("learn", "--input", path, "--target", path, "--size", "1x1");
        Directory.Delete(folder, recursive: true);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("the one at row 1, column 1 is nan", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learn_PresetOfAFolder_FindsItsKernel()
    {
        string folder = Directory.CreateTempSubdirectory("liveconv-learn-").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "mine.json"), """{"version":1,"name":"Mine","vertical":[[3,0,-1]],"horizontal":[[3],[0],[-1]]}""");

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "learn", "--preset", "mine", "--presets", folder, "--source", "test", "--size", "3x1", "--frames", "1");
        Directory.Delete(folder, recursive: true);

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("[[3, 0, -1]]", ended.Output.Trim());
    }

    private static NumberArray Noise(int height, int width)
    {
        var random = new Random(4);
        return new NumberArray([.. Enumerable.Range(0, height * width).Select(_ => (double)random.Next(256))], [height, width]);
    }

    private static NumberArray Blurred(NumberArray image, int times)
    {
        for (int n = 0; n < times; n++)
        {
            image = RespondWithin(image, [0.0625, 0.125, 0.0625, 0.125, 0.25, 0.125, 0.0625, 0.125, 0.0625], 3);
        }

        return image;
    }

    private static NumberArray RespondWithin(NumberArray image, double[] kernel, int side)
    {
        (int height, int width) = (image.Shape[0] - side + 1, image.Shape[1] - side + 1);
        double At(int y, int x) =>
            Enumerable.Range(0, side * side).Sum(i => kernel[i] * image.Values[(y + i / side) * image.Shape[1] + x + i % side]);
        return new NumberArray([.. Enumerable.Range(0, height * width).Select(i => At(i / width, i % width))], [height, width]);
    }

    private static NumberArray Respond(NumberArray image, double[] kernel, bool isValidOnly)
    {
        (int height, int width) = (image.Shape[0], image.Shape[1]);
        int rim = isValidOnly ? 1 : 0;
        var map = new double[(height - 2 * rim) * (width - 2 * rim)];
        for (int y = 1; y < height - 1; y++)
        {
            for (int x = 1; x < width - 1; x++)
            {
                map[(y - rim) * (width - 2 * rim) + x - rim] =
                    Enumerable.Range(0, 9).Sum(i => kernel[i] * image.Values[(y - 1 + i / 3) * width + x - 1 + i % 3]);
            }
        }

        return new NumberArray(map, [height - 2 * rim, width - 2 * rim]);
    }
}
