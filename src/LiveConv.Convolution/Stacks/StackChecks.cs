namespace LiveConv.Convolution.Stacks;

/// <summary>The bounds of a <see cref="LayerStack"/>.</summary>
internal static class StackChecks
{
    private const int MaxStep = 16;
    private const int MaxFactor = 8;

    public static void Check(LayerStack stack)
    {
        IReadOnlyList<StackLayer> layers = stack.Layers;
        Expect(layers.Count is >= 1
            and <= LayerStack.MaxLayers, "layers", $"a stack has 1 to {LayerStack.MaxLayers} layers, not {layers.Count}");
        int kernels = layers.Sum(layer => layer.Filters.Sum(filter => filter.Terms.Count) + (layer.Upsampling?.Kernel is null ? 0 : 1));
        Expect(kernels <= LayerStack.MaxKernels, "layers", $"a stack has at most {LayerStack.MaxKernels} kernels, not {kernels}");

        int maps = 1;
        double growth = 1;
        for (int i = 0; i < layers.Count; i++)
        {
            string at = $"layers[{i}]";
            CheckConvolution(layers[i], at, i == 0 ? LayerStack.MaxFrames : maps, i == 0 ? "frames" : "maps");
            CheckMerge(layers[i], at, layers[i].Filters.Count > 0 ? layers[i].Filters.Count : maps);
            growth *= CheckResampling(layers[i], at) / layers[i].Stride;
            Expect(growth <= LayerStack.MaxGrowth, $"{at}.upsample",
                $"a map may be at most {LayerStack.MaxGrowth} times larger than the image");
            maps = layers[i].MapsOf(maps);
        }

        CheckOutput(stack, stack.Vertical, "outputs.vertical");
        CheckOutput(stack, stack.Horizontal, "outputs.horizontal");
    }

    private static void CheckConvolution(StackLayer layer, string at, int inputs, string inputName)
    {
        Expect(layer.Stride is >= 1 and <= MaxStep, $"{at}.stride", $"a stride is 1 to {MaxStep}, not {layer.Stride}");
        Expect(layer.Stride == 1 || layer.Filters.Count > 0, $"{at}.stride", "a stride is of kernels, and this layer has none");
        Expect(layer.Dilation == 1 || layer.Filters.Count > 0, $"{at}.dilation", "a dilation is of kernels, and this layer has none");
        Expect(layer.Padding is null || layer.Filters.Count > 0, $"{at}.padding", "padding is for kernels, and this layer has none");
        Expect(layer.Dilation is >= 1 and <= MaxStep, $"{at}.dilation", $"a dilation is 1 to {MaxStep}, not {layer.Dilation}");
        Expect(layer.Padding is null or (>= 0 and < FilterBank.MaxKernelSize), $"{at}.padding",
            $"padding is 0 to {FilterBank.MaxKernelSize - 1}, not {layer.Padding}");
        Expect(Enum.IsDefined(layer.Border) && layer.Border != BorderMode.Constant, $"{at}.border",
            $"{layer.Border} is no border of a layer");
        for (int f = 0; f < layer.Filters.Count; f++)
        {
            string filterAt = $"{at}.kernels[{f}]";
            LayerFilter filter = layer.Filters[f];
            Expect(filter.Terms.Count > 0, filterAt, "a filter has at least one kernel");
            Expect(float.IsFinite(filter.Bias), $"{filterAt}.bias", "a bias is finite");
            foreach (KernelTerm term in filter.Terms)
            {
                Expect(term.Input >= 0 && term.Input < inputs, $"{filterAt}.from",
                    $"there are {inputs} {inputName}, counted from 0; there is no {term.Input}");
                CheckKernel(term.Kernel, layer, filterAt);
            }
        }
    }

    private static void CheckKernel(Kernel kernel, StackLayer layer, string at)
    {
        int width = layer.Dilation * (kernel.Width - 1) + 1;
        int height = layer.Dilation * (kernel.Height - 1) + 1;
        Expect(width <= FilterBank.MaxKernelSize && height <= FilterBank.MaxKernelSize, at,
            $"a kernel, dilated, is at most {FilterBank.MaxKernelSize}x{FilterBank.MaxKernelSize}, not {width}x{height}");
        Kernel first = layer.Filters[0].Terms[0].Kernel;
        Expect(
            layer.Padding is null || (kernel.Width == first.Width && kernel.Height == first.Height),
            at,
            $"with a given padding all kernels of a layer have one size; this is {kernel.Width}x{kernel.Height}, the "
            + $"first {first.Width}x{first.Height}");
    }

    private static void CheckMerge(StackLayer layer, string at, int maps)
    {
        Expect(Enum.IsDefined(layer.Merge), $"{at}.merge", $"{layer.Merge} is no merge");
        Expect(Enum.IsDefined(layer.Activation), $"{at}.activation", $"{layer.Activation} is no activation");
        Expect(float.IsFinite(layer.Threshold), $"{at}.threshold", "a threshold is finite");
        Expect(layer.Merge != Merge.Thin || maps == 2, $"{at}.merge", $"thin needs two maps, the gradient's x and y; there are {maps}");
        bool works = layer.Filters.Count > 0 || layer.Merge != Merge.None || layer.Activation != Activation.None
            || layer.Pooling is not null || layer.Upsampling is not null;
        Expect(works, at, "the layer does nothing");
    }

    private static double CheckResampling(StackLayer layer, string at)
    {
        double growth = 1;
        if (layer.Pooling is { } pooling)
        {
            Expect(pooling.Size is >= 1 and <= MaxStep, $"{at}.pool.size", $"a pooling window is 1 to {MaxStep}, not {pooling.Size}");
            Expect(pooling.Stride is >= 1 and <= MaxStep, $"{at}.pool.stride", $"a stride is 1 to {MaxStep}, not {pooling.Stride}");
            growth /= pooling.Stride;
        }

        if (layer.Upsampling is { } upsampling)
        {
            Expect(upsampling.Factor is >= 2
                and <= MaxFactor, $"{at}.upsample.factor", $"a factor is 2 to {MaxFactor}, not {upsampling.Factor}");
            bool isTransposed = upsampling.Mode == UpsamplingMode.Transposed;
            Expect(isTransposed == upsampling.Kernel is not null, $"{at}.upsample.weights",
                isTransposed ? "transposed upsampling needs a kernel" : "only transposed upsampling has a kernel");
            Expect(upsampling.Kernel is null or { Width: <= FilterBank.MaxKernelSize, Height: <= FilterBank.MaxKernelSize },
                $"{at}.upsample.weights", "the kernel is too large");
            growth *= upsampling.Factor;
        }

        return growth;
    }

    private static void CheckOutput(LayerStack stack, StackOutput output, string at)
    {
        Expect(output.Layer >= 0 && output.Layer < stack.Layers.Count, $"{at}.layer",
            $"there are {stack.Layers.Count} layers, counted from 0; there is no {output.Layer}");
        int maps = stack.MapsOf(output.Layer);
        Expect(output.Map >= 0 && output.Map < maps, $"{at}.map",
            $"layer {output.Layer} has {maps} maps, counted from 0; there is no {output.Map}");
        Expect(float.IsFinite(output.Gain), $"{at}.gain", "a gain is finite");
        Expect(Enum.IsDefined(output.Response), $"{at}.response", $"{output.Response} is no response");
    }

    private static void Expect(bool condition, string member, string otherwise)
    {
        if (!condition)
        {
            throw new LayerStackException(member, otherwise);
        }
    }
}
