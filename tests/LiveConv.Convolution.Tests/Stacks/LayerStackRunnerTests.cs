using LiveConv.Convolution.Stacks;

namespace LiveConv.Convolution.Tests.Stacks;

public class LayerStackRunnerTests
{
    private static readonly Kernel Columns = new(new float[,] { { 1, 0, -1 }, { 1, 0, -1 }, { 1, 0, -1 } });
    private static readonly Kernel Rows = new(new float[,] { { 1, 1, 1 }, { 0, 0, 0 }, { -1, -1, -1 } });

    [Fact]
    public void Run_RandomStacks_AgreeWithTheScalarReference()
    {
        const int Seed = 7;
        using var workers = new WorkerPool(2);
        var random = new Random(Seed);
        for (int n = 0; n < 200; n++)
        {
            LayerStack stack = RandomStack.Make(random);
            int width = random.Next(1, 80);
            int height = random.Next(1, 20);
            byte[][,] frames = [.. Enumerable.Range(0, stack.Frames).Select(_ => Planes.Random(random, width, height))];
            AssertAgrees(stack, frames, workers, $"stack {n} of seed {Seed} at {width}x{height}");
        }
    }

    [Fact]
    public void Run_Pair_IsTheFilterBanks()
    {
        var random = new Random(1);
        byte[,] image = Planes.Random(random, 203, 31);
        using var workers = new WorkerPool(2);
        using Plane<byte> input = Planes.From(image);
        using var a = new Plane<byte>(203, 31);
        using var b = new Plane<byte>(203, 31);
        Filter[] filters = [new(Columns, Response.Abs, 0.5f), new(Rows, Response.Negative, 0.3f)];
        new FilterBank(Operation.Correlation, BorderMode.Mirror, filters).Apply(input.View, [a, b], workers);

        var layer = new StackLayer { Filters = [new([new(0, Columns)]), new([new(0, Rows)])] };
        var stack = new LayerStack([layer], new(0, 0, Response.Abs, 0.5f), new(0, 1, Response.Negative, 0.3f));
        (byte[,] vertical, byte[,] horizontal) = Show(stack, [image], workers);

        Assert.Equal(Planes.ToArray(a), vertical);
        Assert.Equal(Planes.ToArray(b), horizontal);
    }

    [Fact]
    public void Run_AnyNumberOfThreads_GivesTheSameBytes()
    {
        var random = new Random(2);
        using var one = new WorkerPool(1);
        using var four = new WorkerPool(4);
        for (int n = 0; n < 20; n++)
        {
            LayerStack stack = RandomStack.Make(random);
            byte[][,] frames = [.. Enumerable.Range(0, stack.Frames).Select(_ => Planes.Random(random, 131, 67))];

            (byte[,] vertical, byte[,] horizontal) = Show(stack, frames, one);
            (byte[,] verticalOfFour, byte[,] horizontalOfFour) = Show(stack, frames, four);
            Assert.Equal(vertical, verticalOfFour);
            Assert.Equal(horizontal, horizontalOfFour);
        }
    }

    [Fact]
    public void Run_InfiniteValues_BecomePixelsAndNothingElse()
    {
        var huge = new Kernel(new float[,] { { 3e38f, -3e38f } });
        var layer = new StackLayer { Filters = [new([new(0, huge)])], Activation = Activation.Square };
        var difference = new StackLayer { Filters = [new([new(0, Columns)])] };
        var stack = new LayerStack([layer, difference], new(0, 0), new(1, 0));
        using var workers = new WorkerPool(1);

        (byte[,] vertical, byte[,] horizontal) = Show(stack, [Planes.Random(new Random(3), 40, 5)], workers);

        Assert.Contains((byte)255, vertical.Cast<byte>());
        Assert.All(horizontal.Cast<byte>(), pixel => Assert.True(pixel is 0 or 255));
    }

    [Fact]
    public void Constructor_ImageTooSmall_SaysAtWhichLayer()
    {
        var layer = new StackLayer { Pooling = new Pooling(PoolingMode.Max, 4, 4) };
        var stack = new LayerStack([layer, layer], new(1, 0), new(1, 0));

        ArgumentException e = Assert.Throws<ArgumentException>(() => new LayerStackRunner(stack, new ImageSize(20, 10)));

        Assert.Contains("20x10", e.Message, StringComparison.Ordinal);
        Assert.Contains("layer 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongNumberOrSizeOfFrames_IsRefused()
    {
        var layer = new StackLayer { Filters = [new([new(0, Columns), new(2, Columns)])] };
        var stack = new LayerStack([layer], new(0, 0), new(0, 0));
        using var workers = new WorkerPool(1);
        using var runner = new LayerStackRunner(stack, new ImageSize(8, 8));
        using var frame = new Plane<byte>(8, 8);
        using var other = new Plane<byte>(9, 8);
        using var a = new Plane<byte>(8, 8);
        using var b = new Plane<byte>(8, 8);

        Assert.Equal(3, stack.Frames);
        Assert.Throws<ArgumentException>("frames", () => runner.Run([frame], a, b, workers));
        Assert.Throws<ArgumentException>("frames", () => runner.Run([frame, frame, other], a, b, workers));
        Assert.Throws<ArgumentException>("horizontal", () => runner.Run([frame, frame, frame], a, other, workers));
    }

    private static void AssertAgrees(LayerStack stack, byte[][,] frames, WorkerPool workers, string which)
    {
        var size = new ImageSize(frames[0].GetLength(1), frames[0].GetLength(0));
        LayerStackRunner runner;
        try
        {
            runner = new LayerStackRunner(stack, size);
        }
        catch (ArgumentException e) when (e.ParamName == "image")
        {
            return;
        }

        using (runner)
        {
            Run(runner, frames, workers);
            List<double[][,]> expected = ScalarStack.Run(stack, frames);
            for (int layer = 0; layer < stack.Layers.Count; layer++)
            {
                // A value at a threshold's or a ridge's edge may fall to either side; what comes after it says nothing.
                bool isSharp = stack.Layers.Take(layer + 1).Any(l => l.Merge == Merge.Thin || l.Activation == Activation.Threshold)
                    && layer > 0;
                if (!isSharp)
                {
                    AssertClose(expected[layer], runner.MapsOf(layer), $"{which}, layer {layer}");
                }
            }
        }
    }

    private static void AssertClose(double[][,] expected, IReadOnlyList<Plane<float>> maps, string which)
    {
        Assert.Equal(expected.Length, maps.Count);
        for (int m = 0; m < maps.Count; m++)
        {
            float[,] actual = Planes.ToArray(maps[m]);
            Assert.Equal((expected[m].GetLength(0), expected[m].GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
            double largest = expected[m].Cast<double>().Max(Math.Abs);
            for (int y = 0; y < actual.GetLength(0); y++)
            {
                for (int x = 0; x < actual.GetLength(1); x++)
                {
                    Assert.True(
                        Math.Abs(expected[m][y, x] - actual[y, x]) <= 1e-5 * largest,
                        $"{which}, map {m} at [{y},{x}]: {expected[m][y, x]} expected, {actual[y, x]} found");
                }
            }
        }
    }

    private static (byte[,] Vertical, byte[,] Horizontal) Show(LayerStack stack, byte[][,] frames, WorkerPool workers)
    {
        using var runner = new LayerStackRunner(stack, new ImageSize(frames[0].GetLength(1), frames[0].GetLength(0)));
        return Run(runner, frames, workers);
    }

    private static (byte[,] Vertical, byte[,] Horizontal) Run(LayerStackRunner runner, byte[][,] frames, WorkerPool workers)
    {
        LayerStack stack = runner.Stack;
        Plane<byte>[] planes = Array.ConvertAll(frames, Planes.From);
        ImageSize vertical = stack.SizeOf(stack.Vertical.Layer, runner.Image);
        ImageSize horizontal = stack.SizeOf(stack.Horizontal.Layer, runner.Image);
        using var a = new Plane<byte>(vertical.Width, vertical.Height);
        using var b = new Plane<byte>(horizontal.Width, horizontal.Height);
        runner.Run(planes, a, b, workers);
        Array.ForEach(planes, plane => plane.Dispose());
        return (Planes.ToArray(a), Planes.ToArray(b));
    }
}
