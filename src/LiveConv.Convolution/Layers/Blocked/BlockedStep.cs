namespace LiveConv.Convolution;

/// <summary>A layer with its input and output: everything is planned, and a run takes no memory.</summary>
internal abstract class BlockedStep
{
    /// <summary>Reads the inputs and overwrites the output. By one thread at a time.</summary>
    public abstract void Run(WorkerPool? workers);
}
