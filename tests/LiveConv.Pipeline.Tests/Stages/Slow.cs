using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Stages;

/// <summary>A preset that takes seconds for an image of 1280x640 pixels, with one thread.</summary>
internal static class Slow
{
    /// <summary>How soon it must be given up: the time that it is left, a tile and the end of the run, on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

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

        LayerFilter filter = new([new KernelTerm(0, new Kernel(weights))]);
        var dear = new StackLayer { Filters = [.. Enumerable.Repeat(filter, 8)] };
        return new Preset("slow", "Slow", new LayerStack([large, dear], new(1, 0), new(1, 1)));
    }
}
