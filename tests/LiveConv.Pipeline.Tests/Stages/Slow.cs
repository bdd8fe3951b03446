using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Stages;

/// <summary>
/// A preset that takes seconds for an image of 1280x640 pixels, with one thread: 56 times 961 products for each of 3.3 million pixels,
/// which is above 1.7 seconds where a processor does 100 billion a second.
/// </summary>
internal static class Slow
{
    /// <summary>How soon it must be given up: the time that it is left, a tile and the end of the run, on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private const int Count = 7;

    public static Preset Preset { get; } = Make();

    /// <summary>A source of such images.</summary>
    public static FakeSource Source() => new() { IsLive = true, Scale = 40 };

    private static Preset Make()
    {
        var large = new StackLayer { Upsampling = new Upsampling(UpsamplingMode.Nearest, 2) };
        var random = new Random(1);
        float[,] weights = new float[31, 31];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i / 31, i % 31] = random.NextSingle();
        }

        var kernel = new Kernel(weights);
        return new Preset("slow", "Slow", new LayerStack([large, Maps(1), Maps(Count)], new(1, 0), new(1, 1)));

        StackLayer Maps(int inputs)
        {
            LayerFilter sum = new([.. Enumerable.Range(0, inputs).Select(input => new KernelTerm(input, kernel))]);
            return new() { Filters = [.. Enumerable.Repeat(sum, Count)] };
        }
    }
}
