namespace LiveConv.Convolution;

/// <summary>A kernel of any size: its sums over a block, in cache, then what the writer makes of them.</summary>
internal sealed unsafe class SumStep<TSum>(int first, SumKernel<TSum> kernel, SumWriter<TSum> writer) : FilterStep(first, 1)
    where TSum : unmanaged
{
    public override void Run(in Block block, Target* targets)
    {
        TSum* sums = stackalloc TSum[Block.Width * StripRows.Most];
        kernel.Run(block, sums);
        byte* target = targets[0].Origin;
        for (int y = 0; y < block.Count; y++, sums += Block.Width, target += targets[0].Pitch)
        {
            if (block.ColumnStep > 1)
            {
                for (int x = 0; x < block.Outputs; x++)
                {
                    sums[x] = sums[block.FirstColumn + x * block.ColumnStep];
                }
            }

            writer.Write(new ReadOnlySpan<TSum>(sums, block.Outputs), target);
        }
    }
}
