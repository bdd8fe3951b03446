using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>Describes a preset as a file would: the reverse of <see cref="PresetBuilder"/>.</summary>
/// <param name="preset">The preset.</param>
internal sealed class PresetDescription(Preset preset)
{
    private bool IsFlipped => preset.Operation == Operation.Convolution;

    /// <summary>The file's content.</summary>
    /// <exception cref="NotSupportedException">The preset was made in code and has a form that files cannot hold.</exception>
    public PresetDocument ToDocument()
    {
        var document = new PresetDocument
        {
            Version = 1,
            Key = preset.Key,
            Name = preset.Name,
            Description = preset.Description,
            Captions = DescribeCaptions(),
            Citation = preset.Source,
            Operation = preset.Operation,
            Before = preset.Before,
        };
        if (preset.Stack is { } stack)
        {
            Describe(document, stack);
        }
        else
        {
            Describe(document, preset.Bank!);
        }

        return document;
    }

    private CaptionsDocument? DescribeCaptions()
    {
        (MapCaption Left, MapCaption Right) standard = preset.Stack is null
            ? (MapCaption.VerticalEdges, MapCaption.HorizontalEdges)
            : (MapCaption.Left, MapCaption.Right);
        return (preset.Vertical, preset.Horizontal) == standard
            ? null
            : new CaptionsDocument { Vertical = Describe(preset.Vertical), Horizontal = Describe(preset.Horizontal) };
    }

    private static CaptionDocument Describe(MapCaption caption) => new() { Title = caption.Title, Text = caption.Text };

    private static void Describe(PresetDocument document, FilterBank bank)
    {
        (Filter vertical, Filter horizontal) = (bank.Filters[0], bank.Filters[1]);
        Expect(vertical.Response == horizontal.Response && vertical.Gain == horizontal.Gain, "two filters of one response and gain");
        Expect(PresetNames.CanName(bank.Border), "borders without a value of their own");
        Expect(bank.Options is { StrideX: 1, StrideY: 1 }, "a pair at every pixel");
        (document.Border, document.Response, document.Gain) = (bank.Border, vertical.Response, vertical.Gain);
        (document.Vertical, document.Horizontal) = (RowsOf(vertical.Kernel), RowsOf(horizontal.Kernel));
        document.Anchor = AnchorOf([vertical.Kernel, horizontal.Kernel]);
    }

    private void Describe(PresetDocument document, LayerStack stack)
    {
        document.Border = stack.Layers[0].Border;
        (document.Response, document.Gain) = (stack.Vertical.Response, stack.Vertical.Gain);
        document.Layers = [.. stack.Layers.Select((layer, i) => DescribeLayer(layer, i, document.Border))];
        int last = stack.Layers.Count - 1;
        var left = new StackOutput(last, 0, document.Response, document.Gain);
        bool isDefault = stack.Vertical == left && stack.Horizontal == left with { Map = Math.Min(1, stack.MapsOf(last) - 1) };
        document.Outputs = isDefault ? null : new OutputsDocument
        {
            Vertical = DescribeOutput(stack.Vertical, document),
            Horizontal = DescribeOutput(stack.Horizontal, document),
        };
    }

    private static OutputDocument DescribeOutput(StackOutput output, PresetDocument document) => new()
    {
        Layer = output.Layer,
        Map = output.Map,
        Response = output.Response == document.Response ? null : output.Response,
        Gain = output.Gain == document.Gain ? null : output.Gain,
    };

    private LayerDocument DescribeLayer(StackLayer layer, int index, BorderMode border) => new()
    {
        Name = layer.Name,
        Kernels = layer.Filters.Count == 0 ? null
            : [.. layer.Filters.Select(filter => index == 0 ? OverTime(filter) : OverMaps(filter))],
        Stride = layer.Stride,
        Padding = layer.Padding,
        Border = layer.Border == border ? null : layer.Border,
        Dilation = layer.Dilation,
        Merge = layer.Merge,
        Activation = layer.Activation,
        Threshold = layer.Threshold,
        Pool = layer.Pooling is { } pool
            ? new PoolDocument { Kind = pool.Mode, Size = pool.Size, Stride = pool.Stride == pool.Size ? null : pool.Stride } : null,
        Upsample = layer.Upsampling is { } upsampling ? DescribeUpsampling(upsampling) : null,
    };

    private static UpsampleDocument DescribeUpsampling(Upsampling upsampling) => new()
    {
        Kind = upsampling.Mode,
        Factor = upsampling.Factor,
        Weights = upsampling.Kernel is { } kernel ? RowsOf(kernel) : null,
        Anchor = upsampling.Kernel is { } anchored ? AnchorOf([anchored]) : null,
    };

    // Files write the oldest frame first; terms count back from the newest. A convolution reverses time too.
    private KernelDocument OverTime(LayerFilter filter)
    {
        KernelTerm[] terms = [.. filter.Terms.OrderBy(term => IsFlipped ? term.Input : -term.Input)];
        Expect(terms.Select(term => term.Input).Order().SequenceEqual(Enumerable.Range(0, terms.Length)), "a kernel for every frame");
        Kernel[] kernels = [.. terms.Select(AsWritten)];
        Expect(kernels.All(kernel => (kernel.Width, kernel.Height) == (kernels[0].Width, kernels[0].Height)), "frames of one size");
        return new KernelDocument
        {
            Weights = new KernelRows([.. kernels.Select(WeightsOf)]),
            Anchor = AnchorOf(kernels),
            Bias = filter.Bias,
        };
    }

    private KernelDocument OverMaps(LayerFilter filter)
    {
        Kernel[] kernels = [.. filter.Terms.Select(AsWritten)];
        if (kernels.Length == 1)
        {
            return new KernelDocument
            {
                From = filter.Terms[0].Input,
                Weights = RowsOf(kernels[0]),
                Anchor = AnchorOf(kernels),
                Bias = filter.Bias,
            };
        }

        Expect(
            filter.Terms.Select(term => term.Input).SequenceEqual(Enumerable.Range(0, kernels.Length)),
            "a kernel for each of the first maps");
        return new KernelDocument { Channels = [.. kernels.Select(RowsOf)], Anchor = AnchorOf(kernels), Bias = filter.Bias };
    }

    private Kernel AsWritten(KernelTerm term) => term.Kernel.Upright(preset.Operation);

    private static KernelRows RowsOf(Kernel kernel) => new([WeightsOf(kernel)]);

    private static float[,] WeightsOf(Kernel kernel)
    {
        var weights = new float[kernel.Height, kernel.Width];
        for (int y = 0; y < kernel.Height; y++)
        {
            for (int x = 0; x < kernel.Width; x++)
            {
                weights[y, x] = kernel[y, x];
            }
        }

        return weights;
    }

    private static AnchorDocument? AnchorOf(Kernel[] kernels)
    {
        if (Array.TrueForAll(kernels, kernel => (kernel.AnchorX, kernel.AnchorY) == (kernel.Width / 2, kernel.Height / 2)))
        {
            return null;
        }

        (int x, int y) = (kernels[0].AnchorX, kernels[0].AnchorY);
        Expect(Array.TrueForAll(kernels, kernel => (kernel.AnchorX, kernel.AnchorY) == (x, y)), "kernels of one anchor");
        return new AnchorDocument { X = x, Y = y };
    }

    private static void Expect(bool condition, string form)
    {
        if (!condition)
        {
            throw new NotSupportedException($"a preset file describes {form}");
        }
    }
}
