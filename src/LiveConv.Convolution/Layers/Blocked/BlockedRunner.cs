namespace LiveConv.Convolution;

/// <summary>A planned network: its weights, and memory for one image. A run takes no managed memory. By one thread at a time.</summary>
internal sealed class BlockedRunner(BlockedTensor input, BlockedStep[] steps, BlockedTensor output)
{
    /// <summary>Where the input goes.</summary>
    public BlockedTensor Input => input;

    /// <summary>Where <see cref="Run(WorkerPool?)"/> leaves the output, until the next run.</summary>
    public BlockedTensor Output => output;

    /// <summary>Computes the output of one image.</summary>
    /// <param name="image">Channel by channel, row by row.</param>
    /// <param name="result">Overwritten, channel by channel, row by row.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Run(ReadOnlySpan<float> image, Span<float> result, WorkerPool? workers = null)
    {
        input.Load(image);
        Run(workers);
        output.Store(result);
    }

    /// <summary>Computes the output of what is in <see cref="Input"/>.</summary>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    public void Run(WorkerPool? workers)
    {
        foreach (BlockedStep step in steps)
        {
            step.Run(workers);
        }
    }
}
