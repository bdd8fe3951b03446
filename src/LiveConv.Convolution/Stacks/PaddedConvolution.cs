namespace LiveConv.Convolution;

/// <summary>The convolution of a layer over planes of any number type, with any padding.</summary>
internal sealed class PaddedConvolution : IDisposable
{
    private readonly Layer layer;
    private readonly Plane<float> padded;
    private readonly int left;
    private readonly int top;

    public PaddedConvolution(Layer layer, ImageSize input)
    {
        this.layer = layer;
        ImageSize output = layer.SizeConvolved(input);
        int right = 0;
        int bottom = 0;
        foreach (KernelTerm term in layer.Filters.SelectMany(filter => filter.Terms))
        {
            (int x, int y) = StartOf(term.Kernel);
            left = Math.Max(left, -x);
            top = Math.Max(top, -y);
            right = Math.Max(right, x + (output.Width - 1) * layer.Stride + layer.Dilation * (term.Kernel.Width - 1) + 1);
            bottom = Math.Max(bottom, y + (output.Height - 1) * layer.Stride + layer.Dilation * (term.Kernel.Height - 1) + 1);
        }

        padded = new Plane<float>(left + right, top + bottom);
    }

    /// <summary>Runs all filters. Input maps are taken one by one: one padded copy is enough.</summary>
    public void Run<T>(ReadOnlySpan<Plane<T>> inputs, Plane<float>[] outputs, WorkerPool workers)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        ulong begun = 0;
        for (int input = 0; input < inputs.Length; input++)
        {
            bool isPadded = false;
            for (int f = 0; f < layer.Filters.Count; f++)
            {
                LayerFilter filter = layer.Filters[f];
                for (int t = 0; t < filter.Terms.Count; t++)
                {
                    if (filter.Terms[t].Input != input)
                    {
                        continue;
                    }

                    if (!isPadded)
                    {
                        RowJob<PadRow<T>>.Run(new(inputs[input], padded, left, top, layer.Border), padded.Height, workers);
                        isPadded = true;
                    }

                    Kernel kernel = filter.Terms[t].Kernel;
                    (int x, int y) = StartOf(kernel);
                    float? start = (begun >> f & 1) == 0 ? filter.Bias : null;
                    RowJob<TapRow>.Run(new(padded, outputs[f], kernel, layer, (left + x, top + y), start), outputs[f].Height, workers);
                    begun |= 1UL << f;
                }
            }
        }
    }

    public void Dispose() => padded.Dispose();

    // Where the window of output (0, 0) begins.
    private (int X, int Y) StartOf(Kernel kernel) => layer.Padding is { } padding
        ? (-padding, -padding)
        : (-kernel.AnchorX * layer.Dilation, -kernel.AnchorY * layer.Dilation);
}
