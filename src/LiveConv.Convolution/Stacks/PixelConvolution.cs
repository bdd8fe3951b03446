namespace LiveConv.Convolution;

/// <summary>
/// The convolution of a stack's first layer over 8-bit frames: each frame through <see cref="FilterBank"/>s of all the kernels
/// that look at it, the sums of the frames added up.
/// </summary>
internal sealed class PixelConvolution : IDisposable
{
    private readonly List<Step> steps = [];
    private readonly PlaneSet scratch;
    private readonly LayerFilter[] filters;

    public PixelConvolution(Layer layer, MapSize output, Plane<float>[] outputs)
    {
        filters = [.. layer.Filters];
        var begun = new HashSet<int>();
        var plans = new List<(int Frame, (int Filter, Kernel Kernel, bool Adds)[] Kernels)>();
        foreach (IGrouping<int, (int Filter, KernelTerm Term)> frame in TermsOf(layer).GroupBy(term => term.Term.Input).OrderByDescending(group => group.Key))
        {
            foreach ((int Filter, KernelTerm Term)[] chunk in frame.Chunk(FilterBank.MostFilters))
            {
                plans.Add((frame.Key, Array.ConvertAll(chunk, k => (k.Filter, k.Term.Kernel, !begun.Add(k.Filter)))));
            }
        }

        scratch = new PlaneSet(plans.Max(plan => plan.Kernels.Count(k => k.Adds)), output);
        foreach ((int frame, (int Filter, Kernel Kernel, bool Adds)[] kernels) in plans)
        {
            int used = 0;
            Plane<float>[] targets = Array.ConvertAll(kernels, k => k.Adds ? scratch.Planes[used++] : outputs[k.Filter]);
            steps.Add(new Step(frame, BankOf(layer, kernels), targets, [.. kernels.Select(k => k.Adds ? outputs[k.Filter] : null)]));
        }
    }

    /// <summary>Whether a layer's filters fit: only without padding of its own do bank and layer agree on the size.</summary>
    public static bool CanTake(Layer layer) => layer.Padding is null;

    /// <summary>Runs all filters.</summary>
    /// <param name="frames">The frames, counted back in time.</param>
    /// <param name="outputs">One map per filter.</param>
    /// <param name="workers">Who shares the tiles.</param>
    public void Run(ReadOnlySpan<Plane<byte>> frames, Plane<float>[] outputs, WorkerPool workers)
    {
        foreach (Step step in steps)
        {
            step.Bank.Apply(frames[step.Frame].View, step.Targets, workers);
            for (int i = 0; i < step.Targets.Length; i++)
            {
                if (step.AddTo[i] is { } sum)
                {
                    RowJob<AddRow>.Do(new(step.Targets[i], sum), sum.Height, workers);
                }
            }
        }

        for (int f = 0; f < outputs.Length; f++)
        {
            if (filters[f].Bias != 0)
            {
                RowJob<AddBias>.Do(new(filters[f].Bias, outputs[f]), outputs[f].Height, workers);
            }
        }
    }

    public void Dispose() => scratch.Dispose();

    private static IEnumerable<(int Filter, KernelTerm Term)> TermsOf(Layer layer) =>
        layer.Filters.SelectMany((filter, index) => filter.Terms.Select(term => (index, term)));

    private static FilterBank BankOf(Layer layer, (int Filter, Kernel Kernel, bool Adds)[] kernels)
    {
        Filter[] bank = Array.ConvertAll(kernels, k => new Filter(Dilate(k.Kernel, layer.Dilation)));
        var options = new FilterBankOptions { StrideX = layer.Stride, StrideY = layer.Stride };
        return new FilterBank(Operation.Correlation, layer.Border, options, bank);
    }

    // A bank knows no dilation; zeros between the weights mean the same, and it skips them.
    private static Kernel Dilate(Kernel kernel, int dilation)
    {
        if (dilation == 1)
        {
            return kernel;
        }

        var weights = new float[(kernel.Height - 1) * dilation + 1, (kernel.Width - 1) * dilation + 1];
        for (int y = 0; y < kernel.Height; y++)
        {
            for (int x = 0; x < kernel.Width; x++)
            {
                weights[y * dilation, x * dilation] = kernel[y, x];
            }
        }

        return new Kernel(weights).WithAnchor(kernel.AnchorX * dilation, kernel.AnchorY * dilation);
    }

    /// <summary>One bank over one frame; maps that others began are added to.</summary>
    private sealed record Step(int Frame, FilterBank Bank, Plane<float>[] Targets, Plane<float>?[] AddTo);
}
