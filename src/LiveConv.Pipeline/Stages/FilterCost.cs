using System.Diagnostics;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// What a preset costs for an image: counted before it runs, with this machine's speed, which is measured once. One thread at a time.
/// </summary>
/// <param name="workers">The threads that will filter. Borrowed.</param>
internal sealed class FilterCost(WorkerPool workers)
{
    // Every machine that runs .NET filters this in less than a tenth of a second: its speed need not be known.
    private const double Cheap = 2e8;
    private const int Runs = 12;
    private double? perSecond;

    /// <summary>How long filtering an image takes, roughly; zero for what is cheap on any machine.</summary>
    public TimeSpan Estimate(Preset preset, ImageSize image)
    {
        double products = Products(preset, image);
        return products <= Cheap ? TimeSpan.Zero : TimeSpan.FromSeconds(products / (perSecond ??= Measure()));
    }

    /// <summary>How many products of a weight and a pixel an image takes; other work counts as a few of them.</summary>
    internal static double Products(Preset preset, ImageSize image) =>
        preset.Stack is { } stack ? Products(stack, image) : Products(preset.Bank!, image);

    private static double Products(FilterBank bank, ImageSize image)
    {
        double pixels = (double)bank.OutputWidth(image.Width) * bank.OutputHeight(image.Height);
        double taps = 0;
        foreach (Filter filter in bank.Filters)
        {
            taps += TapsOf(filter.Kernel);
        }

        return pixels * taps;
    }

    private static double Products(LayerStack stack, ImageSize image)
    {
        double products = 0;
        int maps = 1;
        ImageSize size = image;
        for (int i = 0; i < stack.Layers.Count; i++)
        {
            StackLayer layer = stack.Layers[i];
            int step = layer.Filters.Count > 0 ? layer.Stride : 1;
            double pixels = (double)size.Width * size.Height / (step * step);
            double taps = layer.Filters.Sum(filter => filter.Terms.Sum(term => TapsOf(term.Kernel)));
            maps = layer.MapsOf(maps);
            int window = layer.Pooling?.Size ?? 0;
            size = stack.SizeOf(i, image);
            double resized = (double)size.Width * size.Height * maps;
            products += (pixels * (taps + maps)) + (resized * (1 + (window * window)));
            products += layer.Upsampling is { Kernel: var kernel } ? resized * (kernel is null ? 4 : kernel.Width * kernel.Height) : 0;
        }

        return products;
    }

    private static double TapsOf(Kernel kernel) =>
        kernel.Separate() is null ? kernel.Width * kernel.Height : kernel.Width + kernel.Height;

    // With kernels of many weights, as those are which cost much. The first runs are those of code that is being compiled.
    private double Measure()
    {
        var random = new Random(1);
        float[,] weights = new float[15, 15];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i / 15, i % 15] = random.Next(-9, 10);
        }

        var layer = new StackLayer { Filters = [new([new(0, new Kernel(weights))]), new([new(0, new Kernel(weights))])] };
        var preset = new Preset("speed", "speed", new LayerStack([layer], new(0, 0), new(0, 1)));
        var size = new ImageSize(192, 96);
        using var runner = new LayerStackRunner(preset.Stack!, size);
        using var frame = new Plane<byte>(size.Width, size.Height);
        using var map = new Plane<byte>(size.Width, size.Height);
        using var other = new Plane<byte>(size.Width, size.Height);
        var best = TimeSpan.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            runner.Run([frame], map, other, workers);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            best = took < best ? took : best;
        }

        return Products(preset, size) / Math.Max(best.TotalSeconds, 1e-6);
    }
}
