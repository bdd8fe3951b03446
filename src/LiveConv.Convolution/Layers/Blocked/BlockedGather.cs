namespace LiveConv.Convolution;

/// <summary>Every element of an image in blocks of channels is one of another image's, or one value. Immutable.</summary>
/// <param name="size">The output's size.</param>
/// <param name="sources">
/// For each element of the output, channel by channel and row by row, the number of the input's in the same order; -1 for the value.
/// Not copied.
/// </param>
/// <param name="value">What stands where there is no element.</param>
internal sealed class BlockedGather(BlockedSize size, int[] sources, float value = 0) : BlockedLayer
{
    public override BlockedSize OutputOf(BlockedSize input) => size;

    public override BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width) =>
        new BlockedRowStep<Row>(new Row(input, output, sources, value));

    private readonly unsafe struct Row : IBlockedRow
    {
        private const int None = int.MinValue;

        private readonly BlockedTensor input;
        private readonly BlockedTensor output;
        private readonly float value;

        // From the input's first element; those of its padding are not read.
        private readonly int[] offsets;

        public Row(BlockedTensor input, BlockedTensor output, int[] sources, float value)
        {
            (this.input, this.output, this.value) = (input, output, value);
            BlockedLayout layout = input.Layout;
            offsets = Array.ConvertAll(sources, source => source < 0 ? None : checked((int)layout.Offset(
                source / layout.Width / layout.Height, source / layout.Width % layout.Height, source % layout.Width)));
        }

        public BlockedLayout Output => output.Layout;

        public void Run(int block, int row)
        {
            int first = block * BlockedLayout.Wide;
            for (int channel = first; channel < Math.Min(first + BlockedLayout.Wide, Output.Channels); channel++)
            {
                float* target = output.Origin + Output.Offset(channel, row, 0);
                ReadOnlySpan<int> from = offsets.AsSpan((channel * Output.Height + row) * Output.Width, Output.Width);
                for (int x = 0; x < from.Length; x++, target += BlockedLayout.Wide)
                {
                    *target = from[x] == None ? value : input.Origin[from[x]];
                }
            }
        }
    }
}
