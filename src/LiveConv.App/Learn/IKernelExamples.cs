using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>Makes examples of images: windows, and the response of a kernel to each.</summary>
internal interface IKernelExamples
{
    /// <summary>Adds the examples of an image.</summary>
    /// <param name="problem">Receives them.</param>
    /// <param name="image">The image. Borrowed for the duration of the call.</param>
    /// <param name="workers">The threads that filter.</param>
    /// <param name="maxProducts">Beyond this many products a sample is taken.</param>
    void Add(LeastSquares problem, Plane<byte> image, WorkerPool workers, double maxProducts);
}

/// <summary>Of one of the two kernels of a pair.</summary>
internal sealed class PairExamples(FilterBank bank, int filter) : IKernelExamples
{
    private readonly ExampleImages images = new(bank, filter);

    /// <inheritdoc/>
    public void Add(LeastSquares problem, Plane<byte> image, WorkerPool workers, double maxProducts) =>
        images.Add(problem, image, workers, maxProducts);
}

/// <summary>Of the only kernel of one map of a layer: what the layer makes of the maps before it.</summary>
internal sealed class LayerExamples : IKernelExamples
{
    private readonly Preset preset;
    private readonly int number;
    private readonly StackLayer layer;
    private readonly KernelTerm term;

    /// <summary>Takes the kernel.</summary>
    /// <param name="preset">A preset of layers.</param>
    /// <param name="number">The layer's index; it has kernels.</param>
    /// <param name="map">The map's index.</param>
    /// <exception cref="UsageException">There is no such map.</exception>
    /// <exception cref="LiveConvException">The map is the sum of several kernels.</exception>
    public LayerExamples(Preset preset, int number, int map)
    {
        (this.preset, this.number) = (preset, number);
        layer = preset.Stack!.Layers[number];
        LayerFilter filter = layer.Filters[LayerChoice.Maps(layer, map).Single()];
        term = filter.Terms.Count == 1
            ? filter.Terms[0]
            : throw new LiveConvException(
                $"map {map} of layer {number} of preset {preset.Id} is the sum of {filter.Terms.Count} kernels, and one kernel is learned");
    }

    /// <inheritdoc/>
    public void Add(LeastSquares problem, Plane<byte> image, WorkerPool workers, double maxProducts)
    {
        NumberArray input = LayerInputs.Of(preset, number, StillImage.Values(image))[term.Input];
        (int height, int width) = (input.Shape[0], input.Shape[1]);
        Kernel kernel = term.Kernel;
        ExampleImages.Add(
            problem,
            (y, x) => input.Values[(y * width) + x],
            (y, x) => new ImageWindow(
                input, kernel, y + (problem.Height / 2) - (kernel.AnchorY * layer.Dilation),
                x + (problem.Width / 2) - (kernel.AnchorX * layer.Dilation), layer.Border, layer.Dilation).Sum,
            height - problem.Height + 1,
            width - problem.Width + 1,
            maxProducts);
    }
}
