using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Benchmarks;

/// <summary>Kernels of 16 frames by 3x3, a pair, over a ring of frames; and as many pairs over single frames, for comparison.</summary>
internal sealed class TemporalRace : IDisposable
{
    private const int Depth = 16;
    private readonly LayerStackRunner runner;
    private readonly FilterBank single;
    private readonly Plane<byte>[] frames;
    private readonly Plane<byte>[] maps;
    private readonly WorkerPool workers;

    public TemporalRace(int width, int height, WorkerPool workers)
    {
        this.workers = workers;
        var random = new Random(Depth);
        var layer = new StackLayer { Filters = [FilterOf(random), FilterOf(random)] };
        runner = new LayerStackRunner(new LayerStack([layer], new StackOutput(0, 0), new StackOutput(0, 1)), new ImageSize(width, height));
        Kernel[] pair = Kernels.Unstructured(3);
        single = new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(pair[0]), new Filter(pair[1]));
        frames = [.. Enumerable.Range(0, Depth).Select(_ => Noise(random, width, height))];
        maps = [new Plane<byte>(width, height), new Plane<byte>(width, height)];
    }

    public Contender<int> Limit => new("16 any 3x3 pairs of single frames", null, _ =>
    {
        foreach (Plane<byte> frame in frames)
        {
            single.Apply(frame.View, maps, workers);
        }
    });

    public Contender<int> Ours => new("LiveConv 16x3x3 pair", null, _ => runner.Run(frames, maps[0], maps[1], workers));

    public void Dispose()
    {
        runner.Dispose();
        foreach (Plane<byte> plane in frames.Concat(maps))
        {
            plane.Dispose();
        }
    }

    private static LayerFilter FilterOf(Random random) =>
        new([.. Enumerable.Range(0, Depth).Select(age => new KernelTerm(age, new Kernel(Weights(random))))]);

    private static float[,] Weights(Random random)
    {
        var weights = new float[3, 3];
        for (int i = 0; i < 9; i++)
        {
            weights[i / 3, i % 3] = random.Next(-1, 2);
        }

        return weights;
    }

    private static Plane<byte> Noise(Random random, int width, int height)
    {
        var plane = new Plane<byte>(width, height);
        for (int y = 0; y < height; y++)
        {
            random.NextBytes(plane.Row(y));
        }

        return plane;
    }
}
