namespace LiveConv.Convolution;

/// <summary>Computes the sums of one kernel over a block, whatever becomes of them. Immutable.</summary>
/// <typeparam name="TSum"><see cref="int"/>, exact; or <see cref="double"/>, exact for integer kernels too large for it.</typeparam>
internal abstract unsafe class SumKernel<TSum>
    where TSum : unmanaged
{
    /// <summary>Writes the sums of the block at column x: Block.Width per output row, row after row.</summary>
    public abstract void Run(in Block block, int x, TSum* sums);
}
