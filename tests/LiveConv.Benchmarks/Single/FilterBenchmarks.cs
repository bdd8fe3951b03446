using System.Globalization;
using BenchmarkDotNet.Attributes;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>One pair of filters over one image of 1920x1080, by one thread: nanoseconds and bytes allocated.</summary>
[MemoryDiagnoser]
public class FilterBenchmarks : IDisposable
{
    private WorkerPool workers = null!;
    private Frames frames = null!;
    private FilterBank bank = null!;

    /// <summary>The pair: named ones, or kernels of that many rows and columns.</summary>
    [Params("prewitt", "sobel", "any 3", "any 5", "any 15", "separable 15", "fractions 3")]
    public string Kernel { get; set; } = "";

    /// <summary>Maps past the caches; only 3x3 kernels have it.</summary>
    [Params(false, true)]
    public bool Stream { get; set; }

    [GlobalSetup]
    public void Open()
    {
        workers = new WorkerPool(1);
        frames = new Frames(1920, 1080, cold: false);
        Kernel[] pair = PairOf(Kernel);
        bank = new FilterBank(
            Operation.Correlation, BorderMode.Mirror, new FilterBankOptions { StreamMaps = Stream }, new Filter(pair[0]),
            new Filter(pair[1]));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        frames.Dispose();
        workers.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Apply() => bank.Apply(frames.Sets[0].Input.View, frames.Sets[0].Maps, workers);

    private static Kernel[] PairOf(string name) => name.Split(' ') switch
    {
        ["prewitt"] => Kernels.Prewitt,
        ["sobel"] => Kernels.Sobel,
        ["any", var side] => Kernels.Unstructured(int.Parse(side, CultureInfo.InvariantCulture)),
        ["separable", var side] => Kernels.Separable(int.Parse(side, CultureInfo.InvariantCulture)).Kernels,
        _ => Array.ConvertAll(Kernels.Unstructured(3), kernel => kernel.Scale(1f / 3)),
    };
}
