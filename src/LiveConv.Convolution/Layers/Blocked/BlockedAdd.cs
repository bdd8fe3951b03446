namespace LiveConv.Convolution;

/// <summary>The sum of two images in blocks of channels, for sums that no convolution adds in its own pass. Immutable.</summary>
/// <param name="hasRelu">Whether negative sums become zero.</param>
internal sealed class BlockedAdd(bool hasRelu) : BlockedLayer
{
    public override BlockedSize OutputOf(BlockedSize input) => input;

    public override BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width) =>
        VectorDispatch.Create<float, Factory, BlockedStep>(
            width, new() { HasRelu = hasRelu, Input = input, Addend = addend ?? input, Output = output });

    private readonly struct Factory : IRealLaneFactory<float, BlockedStep>
    {
        public required bool HasRelu { get; init; }

        public required BlockedTensor Input { get; init; }

        public required BlockedTensor Addend { get; init; }

        public required BlockedTensor Output { get; init; }

        public BlockedStep Create<TLanes, TVector>()
            where TLanes : IRealLanes<float, TVector>
            where TVector : struct =>
            new BlockedRowStep<Row<TLanes, TVector>>(new(Input, Addend, Output, HasRelu));
    }

    private readonly unsafe struct Row<TLanes, TVector>(BlockedTensor input, BlockedTensor addend, BlockedTensor output, bool hasRelu)
        : IBlockedRow
        where TLanes : IRealLanes<float, TVector>
        where TVector : struct
    {
        public BlockedLayout Output => output.Layout;

        public void Run(int block, int row)
        {
            int channel = block * BlockedLayout.Wide;
            float* a = input.Origin + input.Layout.Offset(channel, row, 0);
            float* b = addend.Origin + addend.Layout.Offset(channel, row, 0);
            float* sum = output.Origin + output.Layout.Offset(channel, row, 0);
            for (nint i = 0; i < (nint)Output.Width * BlockedLayout.Wide; i += TLanes.Count)
            {
                TVector value = TLanes.Add(TLanes.Load(a + i), TLanes.Load(b + i));
                TLanes.Store(sum + i, hasRelu ? TLanes.Max(value, TLanes.Broadcast(0)) : value);
            }
        }
    }
}
