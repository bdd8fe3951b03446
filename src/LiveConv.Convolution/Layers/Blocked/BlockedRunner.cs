namespace LiveConv.Convolution;

/// <summary>A planned network: its weights, and memory for one image. A run takes no managed memory. By one thread at a time.</summary>
internal sealed class BlockedRunner(BlockedTensor[] tensors, BlockedStep[] steps)
{
    /// <summary>Where the input goes.</summary>
    public BlockedTensor Input => tensors[0];

    /// <summary>Where <see cref="Run(WorkerPool?)"/> leaves the output, until the next run.</summary>
    public BlockedTensor Output => tensors[^1];

    /// <summary>Computes the output of one image.</summary>
    /// <param name="image">Channel by channel, row by row.</param>
    /// <param name="result">Overwritten, channel by channel, row by row.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Run(ReadOnlySpan<float> image, Span<float> result, WorkerPool? workers = null)
    {
        Input.Load(image);
        Run(workers);
        Output.Store(result);
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

    /// <summary>Computes one node's output of its sources' as they are now.</summary>
    /// <param name="node">The node, from 1.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    public void RunNode(int node, WorkerPool? workers) => steps[node - 1].Run(workers);

    /// <summary>Where a node's output is, after a run where it was kept.</summary>
    public BlockedTensor OutputOf(int node) => tensors[node];
}
