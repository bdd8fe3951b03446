namespace LiveConv.Convolution.Stacks;

/// <summary>The convolution of a stack's first layer over 8-bit frames, whatever its sums are kept in.</summary>
internal interface IPixelConvolution : IDisposable
{
    /// <summary>Runs all filters.</summary>
    /// <param name="frames">The frames, counted back in time.</param>
    /// <param name="outputs">One map per filter.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    void Run(ReadOnlySpan<Plane<byte>> frames, Plane<float>[] outputs, WorkerPool? workers);

    /// <summary>Compiles a layer; null when only a padded convolution can take it.</summary>
    /// <param name="layer">The first layer of a stack.</param>
    /// <param name="outputs">Its maps.</param>
    static IPixelConvolution? For(StackLayer layer, PlaneSet<float> outputs)
    {
        // Only without padding of its own do bank and layer agree on the size.
        if (layer.Padding is not null)
        {
            return null;
        }

        return SumsFit16(layer) && layer.Filters.Any(filter => filter.Terms.Count > 1)
            ? new PixelConvolution<short>(layer, outputs.Size, null)
            : new PixelConvolution<float>(layer, outputs.Size, outputs);
    }

    private static bool SumsFit16(StackLayer layer) => layer.Filters.All(filter =>
        filter.Terms.All(term => term.Kernel.IsInteger)
        && filter.Terms.Sum(term => term.Kernel.Weights.ToArray().Sum(w => (double)Math.Abs(w))) * byte.MaxValue <= short.MaxValue);
}
