using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>One <see cref="Conv2D"/> with 3x3 windows and a border of one zero, by one thread: nanoseconds and bytes allocated.</summary>
[MemoryDiagnoser]
public class LayerBenchmarks : IDisposable
{
    private WorkerPool workers = null!;
    private Conv2D layer = null!;
    private float[] input = null!;
    private float[] output = null!;

    /// <summary>Input channels, output channels, height and width.</summary>
    [Params("1 2 1080 1920", "64 64 112 112")]
    public string Shape { get; set; } = "";

    private int[] Sides => Array.ConvertAll(Shape.Split(' '), int.Parse);

    [GlobalSetup]
    public void Open()
    {
        int[] sides = Sides;
        var random = new Random(1);
        workers = new WorkerPool(1);
        input = [.. Enumerable.Range(0, sides[0] * sides[2] * sides[3]).Select(_ => random.NextSingle())];
        output = new float[sides[1] * sides[2] * sides[3]];
        float[] weights = [.. Enumerable.Range(0, sides[1] * sides[0] * 9).Select(_ => random.NextSingle())];
        layer = new Conv2D(new ReadOnlyTensorSpan<float>(weights, [sides[1], sides[0], 3, 3]), options: new ConvOptions { Padding = 1 });
    }

    [GlobalCleanup]
    public void Dispose()
    {
        workers.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Forward()
    {
        int[] sides = Sides;
        layer.Forward(
            new ReadOnlyTensorSpan<float>(input, [sides[0], sides[2], sides[3]]),
            new TensorSpan<float>(output, [sides[1], sides[2], sides[3]]), workers);
    }
}
