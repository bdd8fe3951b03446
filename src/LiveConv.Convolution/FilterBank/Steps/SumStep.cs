using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>A kernel of any size: its sums over a block, in cache, then what the writer makes of them.</summary>
internal sealed unsafe class SumStep<TSum>(int first, SumKernel<TSum> kernel, SumWriter<TSum> writer) : FilterStep(first, 1)
    where TSum : unmanaged
{
    // On a cache line: what lies across two of them is slow to read and to write.
    [SkipLocalsInit]
    public override void Run(in Block block, Target* targets)
    {
        TSum* sums = stackalloc TSum[Block.Width * (TileRows.Max + 1)];
        sums = (TSum*)(((nint)sums + Block.Width - 1) & -Block.Width);
        Target target = targets[0];
        for (int x = 0; x < block.Columns; x += Block.Width)
        {
            int first = (block.ColumnStep - (block.X + x) % block.ColumnStep) % block.ColumnStep;
            int columns = Math.Min(Block.Width, block.Columns - x);
            if (first >= columns)
            {
                continue;
            }

            int outputs = (columns - first - 1) / block.ColumnStep + 1;
            kernel.Run(block, x, sums);
            Write(sums, block, first, outputs, target);
            target.Origin += outputs * writer.OutputBytes;
        }
    }

    private void Write(TSum* sums, in Block block, int first, int outputs, Target target)
    {
        for (int y = 0; y < block.Count; y++, sums += Block.Width, target.Origin += target.Pitch)
        {
            if (block.ColumnStep > 1)
            {
                for (int x = 0; x < outputs; x++)
                {
                    sums[x] = sums[first + x * block.ColumnStep];
                }
            }

            writer.Write(sums, outputs, target.Origin);
        }
    }
}

/// <summary>Computes the sums of one kernel over a block, whatever becomes of them. Immutable.</summary>
/// <typeparam name="TSum"><see cref="int"/>, exact; or <see cref="double"/>, exact for integer kernels too large for it.</typeparam>
internal abstract unsafe class SumKernel<TSum>
    where TSum : unmanaged
{
    /// <summary>Writes the sums of the block at column x: Block.Width per output row, row after row.</summary>
    public abstract void Run(in Block block, int x, TSum* sums);
}
