namespace LiveConv.Convolution;

/// <summary>
/// A direct convolution of one image in blocks. A tile is some rows of one group of output channels. Every output is its bias plus its
/// products, added block by block of input channels, row by row, left to right, channel by channel; then the addend: the same bits for
/// every tile, thread count and vector width.
/// </summary>
internal readonly unsafe struct BlockedConvJob<TLanes, TVector> : ITileJob
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    // Multiply-adds of 16 channels that are worth being handed to a worker: some 20 µs.
    private const int MinWork = 100_000;

    // Weights of 48 taps are asked for: 512 to 512 channels of 7x7 took up to 1.2 times as long without (AVX-512).
    private const int Ahead = 48 * BlockedLayout.Wide;

    // Tiles that two threads can share without waiting long for one another.
    private const int ManyTiles = 24;

    // More weights leave the second cache before the next rows read them.
    private const long CachedWeights = 1 << 18;

    private readonly BlockedConvArguments on;
    private readonly BlockedRows cut;
    private readonly int rows;
    private readonly int strips;
    private readonly bool isGroupByGroup;

    public BlockedConvJob(BlockedConvArguments on)
    {
        this.on = on;
        BlockedLayout output = on.Output.Layout;
        int together = BlockedKernel<TLanes, TVector>.HasStep(on.Step) ? BlockedKernel<TLanes, TVector>.MaxOutputs : 1;
        cut = new BlockedRows(output.Width, together);
        long work = on.Weights.GroupPitch / BlockedLayout.Wide * output.Width;
        long few = Math.Max(1, (long)output.Height * on.Weights.Groups / ManyTiles);
        rows = (int)Math.Clamp(Math.Min(few, MinWork / work + 1), 1, output.Height);
        rows = cut.HasPairs ? (rows + 1) / 2 * 2 : rows;
        strips = (output.Height + rows - 1) / rows;
        isGroupByGroup = on.Weights.Groups * on.Weights.GroupPitch > CachedWeights;
    }

    public int Tiles => strips * on.Weights.Groups;

    public void Run(int tile)
    {
        int group = isGroupByGroup ? tile / strips : tile % on.Weights.Groups;
        int strip = isGroupByGroup ? tile % strips : tile / on.Weights.Groups;
        int end = Math.Min(on.Output.Layout.Height, (strip + 1) * rows);
        int together = cut.HasPairs ? 2 : 1;
        for (int row = strip * rows; row < end; row += together)
        {
            for (int run = 0; run < cut.Runs; run++)
            {
                Sum(group, row, Math.Min(end - row, together), run);
            }
        }
    }

    private void Sum(int group, int row, int together, int run)
    {
        BlockedLayout input = on.Input.Layout, output = on.Output.Layout;
        int column = cut.StartOf(run);
        int outputs = cut.LengthOf(run) * together;
        int half = (outputs + 1) / 2;
        int nextRow = row + together - 1;
        int nextColumn = together == 2 ? column : column + half;
        int channel = group * BlockedWeights.Group;
        var sums = new BlockedRun
        {
            Source = on.Source + input.Offset(0, row * on.RowStride, column * on.ColumnStride),
            SourceNext = on.Source + input.Offset(0, nextRow * on.RowStride, nextColumn * on.ColumnStride),
            Target = on.Output.Origin + output.Offset(channel, row, column),
            TargetNext = on.Output.Origin + output.Offset(channel, nextRow, nextColumn),
            Weights = on.Weights.Values + group * on.Weights.GroupPitch,
            WeightPair = on.Weights.BlockPitch,
            Ahead = Ahead,
            AheadPair = on.Weights.BlockPitch + Ahead,
            Start = on.Weights.Biases + channel,
            Offsets = on.Offsets,
            Taps = on.Taps,
            Blocks = input.Blocks,
            BlockPitch = input.BlockPitch,
            TargetPair = output.BlockPitch,
            HasPair = channel + BlockedLayout.Wide < output.Channels,
            HasRelu = on.HasRelu,
        };
        if (on.Addend is { } addend)
        {
            sums.Addend = addend.Origin + addend.Layout.Offset(channel, row, column);
            sums.AddendNext = addend.Origin + addend.Layout.Offset(channel, nextRow, nextColumn);
            sums.AddendPair = sums.HasPair ? addend.Layout.BlockPitch : 0;
        }

        BlockedParts<TLanes, TVector>.Run(outputs, on.Step, sums);
    }
}
