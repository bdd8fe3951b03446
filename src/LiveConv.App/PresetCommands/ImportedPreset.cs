using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>Makes a preset of what another program's kernel text means.</summary>
internal static class ImportedPreset
{
    private const string Id = "imported";

    /// <summary>
    /// One kernel stands for both panes, turned by 90° for the second; two are a pair; more are shown by their largest answer.
    /// </summary>
    /// <exception cref="ArgumentException">No filter bank and no stack takes these kernels.</exception>
    public static Preset Of(string name, string description, KernelTextResult read)
    {
        IReadOnlyList<Kernel> kernels = read.Kernels.Count == 1 ? [read.Kernels[0], read.Kernels[0].Rotate90()] : read.Kernels;
        bool isPair = kernels.Count == 2 && read.Merge == Merge.None && read.Bias == 0 && HaveOneAnchor(kernels);
        return isPair
            ? new Preset(Id, name, Bank(read, kernels)) { Description = description }
            : new Preset(Id, name, Stack(read, kernels)) { Operation = read.AssumedOperation, Description = description };
    }

    private static FilterBank Bank(KernelTextResult read, IReadOnlyList<Kernel> kernels) => new(
        read.AssumedOperation,
        BorderOf(read),
        new Filter(kernels[0], ResponseOf(read), read.Gain),
        new Filter(kernels[1], ResponseOf(read), read.Gain));

    // The gain comes last in a stack: what is added after it is added to the sums before it.
    private static LayerStack Stack(KernelTextResult read, IReadOnlyList<Kernel> kernels)
    {
        var convolution = new StackLayer
        {
            Border = BorderOf(read),
            Filters =
            [
                .. kernels.Select(
                    kernel => new LayerFilter([new KernelTerm(0, kernel.Upright(read.AssumedOperation))], read.Bias / read.Gain)),
            ],
        };
        StackLayer[] layers =
            read.Merge == Merge.None ? [convolution] : [convolution, new StackLayer { Border = BorderOf(read), Merge = read.Merge }];
        var output = new StackOutput(layers.Length - 1, 0, ResponseOf(read), read.Gain);
        return new LayerStack(layers, output, read.Merge == Merge.None ? output with { Map = 1 } : output);
    }

    private static BorderMode BorderOf(KernelTextResult read) => read.Border ?? BorderMode.Mirror;

    private static Response ResponseOf(KernelTextResult read) => read.Response ?? Response.Abs;

    private static bool HaveOneAnchor(IReadOnlyList<Kernel> kernels) =>
        kernels.All(kernel => kernel.IsCentred)
        || (kernels[0].AnchorX == kernels[1].AnchorX && kernels[0].AnchorY == kernels[1].AnchorY);
}
