using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution.Stacks;

/// <summary>
/// The convolution of a stack's first layer over 8-bit frames: each frame through <see cref="FilterBank"/>s of all the kernels
/// that look at it, oldest first, their sums added up strip by strip.
/// </summary>
/// <typeparam name="T">What is added: float, or short where no sum can leave 16 bits, for half the memory traffic.</typeparam>
internal sealed unsafe class PixelConvolution<T> : IPixelConvolution
    where T : unmanaged, INumber<T>
{
    private readonly List<Step> steps = [];
    private readonly FilterJob[] jobs;
    private readonly PlaneSet<T> sums;
    private readonly float[] biases;
    private readonly bool ownsSums;

    /// <summary>Compiles a layer.</summary>
    /// <param name="layer">A layer without padding of its own.</param>
    /// <param name="output">Size of its maps.</param>
    /// <param name="floats">Where sums of floats go at once; null when they have planes of their own.</param>
    public PixelConvolution(StackLayer layer, ImageSize output, PlaneSet<T>? floats)
    {
        biases = [.. layer.Filters.Select(filter => filter.Bias)];
        sums = floats ?? new PlaneSet<T>(biases.Length, output);
        ownsSums = floats is null;
        var begun = new HashSet<int>();
        foreach (IGrouping<int, (int Filter, KernelTerm Term)> frame in TermsOf(layer).GroupBy(term => term.Term.Input)
            .OrderByDescending(group => group.Key))
        {
            foreach ((int Filter, KernelTerm Term)[] terms in frame.Chunk(FilterBank.MaxFilters))
            {
                FilterBank bank = BankOf(layer, terms);
                bool[] adds = Array.ConvertAll(terms, term => !begun.Add(term.Filter));
                steps.Add(new Step(frame.Key, bank, bank.RawSteps<T>(adds), Array.ConvertAll(terms, term => sums.Planes[term.Filter])));
            }
        }

        jobs = new FilterJob[steps.Count];
    }

    /// <summary>Rows of a tile, at most; a test sets it to see that it changes nothing.</summary>
    internal int MaxTileRows { get; init; } = TileRows.Max;

    public void Run(ReadOnlySpan<Plane<byte>> frames, Plane<float>[] outputs, WorkerPool? workers)
    {
        Target* targets = stackalloc Target[LayerStack.MaxKernels];
        int rows = MaxTileRows;
        foreach (Step step in steps)
        {
            rows = step.Bank.RowsOfTile(rows);
        }

        for (int s = 0; s < steps.Count; s++)
        {
            jobs[s] = JobOf(steps[s], frames[steps[s].Frame].View, rows, targets);
            targets += jobs[s].MapCount;
        }

        var job = new TemporalJob<T>(jobs, sums.Planes, outputs, biases, isFinished: !ownsSums);
        Tiles.Run(ref job, job.Tiles, workers);
        foreach (Plane<byte> frame in frames)
        {
            GC.KeepAlive(frame);
        }
    }

    public void Dispose()
    {
        if (ownsSums)
        {
            sums.Dispose();
        }
    }

    private static FilterJob JobOf(Step step, ReadOnlyPlaneView<byte> frame, int rows, Target* targets)
    {
        // A plane's pixels are unmanaged memory: they stay where they are.
        FilterJob job = step.Bank.JobOf(frame, (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in frame.Origin)), rows, step.Plan);
        job.Maps = targets;
        job.MapCount = step.Sums.Length;
        job.OutputBytes = sizeof(T);
        for (int m = 0; m < step.Sums.Length; m++)
        {
            targets[m] = Target.Of(step.Sums[m]);
        }

        return job;
    }

    private static IEnumerable<(int Filter, KernelTerm Term)> TermsOf(StackLayer layer) =>
        layer.Filters.SelectMany((filter, index) => filter.Terms.Select(term => (index, term)));

    private static FilterBank BankOf(StackLayer layer, (int Filter, KernelTerm Term)[] terms)
    {
        Filter[] bank = Array.ConvertAll(terms, term => new Filter(Dilate(term.Term.Kernel, layer.Dilation)));
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

    /// <summary>One bank over one frame: its filters write the maps that they are the first to reach, and add to the others.</summary>
    private sealed record Step(int Frame, FilterBank Bank, FilterStep[] Plan, Plane<T>[] Sums);
}
