using LiveConv.Convolution.Stacks;

namespace LiveConv.Convolution.Tests;

/// <summary>Runs when no other test does: allocation is counted over all threads.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public class RunsAlone;

[Collection("Alone")]
public class FilterBankAllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(0.7f)]
    public void Apply_SteadyState_AllocatesNothingOnAnyThread(float weight)
    {
        // Integers, and fractions, of which the second map's sums stand at the middle between two pixels.
        var columns = new Kernel(new[,] { { 1, 0, -weight }, { 1, 0, -1 }, { 1, 0.5f - (1 - weight), -1 } });
        using var workers = new WorkerPool(2);
        using var input = new Plane<byte>(333, 100);
        using var a = new Plane<byte>(333, 100);
        using var b = new Plane<byte>(333, 100);
        Plane<byte>[] maps = [a, b];
        var bank = new FilterBank(
            Operation.Correlation, BorderMode.Mirror, new Filter(columns), new Filter(columns, Response.Offset128, weight == 1 ? 0.3f : 1));
        for (int y = 0; y < input.Height; y++)
        {
            input.Row(y).Fill(1);
        }

        bank.Apply(input.View, maps, workers);

        Assert.Equal(0, MinAllocatedBytes(() => bank.Apply(input.View, maps, workers)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Run_VideoInSteadyState_AllocatesNothingOnAnyThread(int weight)
    {
        // Sums of 16 bits, and of floats.
        var kernel = new Kernel(new float[,] { { weight, 0, -weight } });
        KernelTerm[] terms = [.. Enumerable.Range(0, 16).Select(frame => new KernelTerm(frame, kernel))];
        var layers = new StackLayer[]
            { new() { Filters = [new(terms), new(terms, 1)] }, new() { Merge = Merge.Thin, Activation = Activation.Threshold } };
        var stack = new LayerStack(layers, new(1, 0), new(0, 1, Response.Abs, 0.3f));
        using var workers = new WorkerPool(2);
        using var runner = new LayerStackRunner(stack, new ImageSize(333, 40));
        using var a = new Plane<byte>(333, 40);
        using var b = new Plane<byte>(333, 40);
        using var frame = new Plane<byte>(333, 40);
        Plane<byte>[] frames = [.. Enumerable.Repeat(frame, 16)];
        runner.Run(frames, a, b, workers);

        Assert.Equal(0, MinAllocatedBytes(() => runner.Run(frames, a, b, workers)));
    }

    internal static long MinAllocatedBytes(Action frame)
    {
        // The process itself may allocate now and then, and more often on a busy machine: the least of many rounds is the
        // frames' own, and the first round without any ends it.
        long min = long.MaxValue;
        for (int round = 0; round < 100 && min > 0; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int n = 0; n < 100; n++)
            {
                frame();
            }

            min = Math.Min(min, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return min;
    }
}
