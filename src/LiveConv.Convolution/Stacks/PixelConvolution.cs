using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// The convolution of a stack's first layer over 8-bit frames: each frame through <see cref="FilterBank"/>s of all the kernels
/// that look at it, the sums of the frames added up.
/// </summary>
/// <typeparam name="T">What is added: float, or short where no sum can leave 16 bits, for half the memory traffic.</typeparam>
internal sealed class PixelConvolution<T> : IPixelConvolution
    where T : unmanaged, INumber<T>
{
    private readonly List<Step> steps = [];
    private readonly PlaneSet<T> sums;
    private readonly PlaneSet<T> scratch;
    private readonly LayerFilter[] filters;
    private readonly bool ownsSums;

    /// <summary>Compiles a layer.</summary>
    /// <param name="layer">A layer without padding of its own.</param>
    /// <param name="output">Size of its maps.</param>
    /// <param name="floats">Where sums of floats go at once; null when they have planes of their own.</param>
    public PixelConvolution(Layer layer, MapSize output, PlaneSet<T>? floats)
    {
        filters = [.. layer.Filters];
        sums = floats ?? new PlaneSet<T>(filters.Length, output);
        ownsSums = floats is null;
        Plane<T>[] outputs = sums.Planes;
        var begun = new HashSet<int>();
        var plans = new List<(int Frame, (int Filter, Kernel Kernel, bool Adds)[] Kernels)>();
        foreach (IGrouping<int, (int Filter, KernelTerm Term)> frame in TermsOf(layer).GroupBy(term => term.Term.Input).OrderByDescending(group => group.Key))
        {
            foreach ((int Filter, KernelTerm Term)[] chunk in frame.Chunk(FilterBank.MostFilters))
            {
                plans.Add((frame.Key, Array.ConvertAll(chunk, k => (k.Filter, k.Term.Kernel, !begun.Add(k.Filter)))));
            }
        }

        scratch = new PlaneSet<T>(plans.Max(plan => plan.Kernels.Count(k => k.Adds)), output);
        foreach ((int frame, (int Filter, Kernel Kernel, bool Adds)[] kernels) in plans)
        {
            int used = 0;
            Plane<T>[] targets = Array.ConvertAll(kernels, k => k.Adds ? scratch.Planes[used++] : outputs[k.Filter]);
            steps.Add(new Step(frame, BankOf(layer, kernels), targets, [.. kernels.Select(k => k.Adds ? outputs[k.Filter] : null)]));
        }
    }

    public void Run(ReadOnlySpan<Plane<byte>> frames, Plane<float>[] outputs, WorkerPool workers)
    {
        foreach (Step step in steps)
        {
            Apply(step, frames[step.Frame].View, workers);
            for (int i = 0; i < step.Targets.Length; i++)
            {
                if (step.AddTo[i] is { } sum)
                {
                    RowJob<AddRow<T>>.Do(new(step.Targets[i], sum), sum.Height, workers);
                }
            }
        }

        for (int f = 0; f < outputs.Length; f++)
        {
            if (ownsSums || filters[f].Bias != 0)
            {
                RowJob<BiasRow<T>>.Do(new(sums.Planes[f], filters[f].Bias, outputs[f]), outputs[f].Height, workers);
            }
        }
    }

    public void Dispose()
    {
        scratch.Dispose();
        if (ownsSums)
        {
            sums.Dispose();
        }
    }

    private static void Apply(Step step, ReadOnlyPlaneView<byte> frame, WorkerPool workers)
    {
        if (step.Targets is Plane<short>[] shorts)
        {
            step.Bank.Apply(frame, shorts, workers);
        }
        else
        {
            step.Bank.Apply(frame, (Plane<float>[])(object)step.Targets, workers);
        }
    }

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
    private sealed record Step(int Frame, FilterBank Bank, Plane<T>[] Targets, Plane<T>?[] AddTo);
}
