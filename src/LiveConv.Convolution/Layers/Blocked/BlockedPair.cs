using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// The sum, difference or product of two images in blocks of channels, for what no convolution does in its own pass. The second may be one
/// row and one column, which stand for all. Immutable.
/// </summary>
/// <param name="operation">What is done.</param>
/// <param name="hasRelu">Whether negative results become zero.</param>
internal sealed class BlockedPair(BlockedPairOperation operation, bool hasRelu) : BlockedLayer
{
    public override BlockedSize OutputOf(BlockedSize input) => input;

    public override BlockedSize OutputOf(ReadOnlySpan<BlockedSize> inputs) =>
        inputs is [{ } first, { Height: 1, Width: 1 } second] && first.Channels == second.Channels ? first : base.OutputOf(inputs);

    public override BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width) =>
        VectorDispatch.Create<float, Factory, BlockedStep>(
            width, new() { Operation = operation, HasRelu = hasRelu, Input = input, Second = addend ?? input, Output = output });

    private readonly struct Factory : IRealLaneFactory<float, BlockedStep>
    {
        public required BlockedPairOperation Operation { get; init; }

        public required bool HasRelu { get; init; }

        public required BlockedTensor Input { get; init; }

        public required BlockedTensor Second { get; init; }

        public required BlockedTensor Output { get; init; }

        public BlockedStep Create<TLanes, TVector>()
            where TLanes : IRealLanes<float, TVector>
            where TVector : struct =>
            new BlockedRowStep<Row<TLanes, TVector>>(new(Input, Second, Output) { Operation = Operation, HasRelu = HasRelu });
    }

    private readonly unsafe struct Row<TLanes, TVector>(BlockedTensor input, BlockedTensor second, BlockedTensor output) : IBlockedRow
        where TLanes : IRealLanes<float, TVector>
        where TVector : struct
    {
        public required BlockedPairOperation Operation { get; init; }

        public required bool HasRelu { get; init; }

        public BlockedLayout Output => output.Layout;

        [MethodImpl(HotLoop.PathOptions)]
        public void Run(int block, int row)
        {
            bool isOne = second.Layout is { Height: 1, Width: 1 };
            int channel = block * BlockedLayout.Wide;
            float* a = input.Origin + input.Layout.Offset(channel, row, 0);
            float* b = second.Origin + second.Layout.Offset(channel, isOne ? 0 : row, 0);
            float* target = output.Origin + output.Layout.Offset(channel, row, 0);
            int next = isOne ? 0 : BlockedLayout.Wide;
            for (int x = 0; x < Output.Width; x++, a += BlockedLayout.Wide, b += next, target += BlockedLayout.Wide)
            {
                for (int lane = 0; lane < BlockedLayout.Wide; lane += TLanes.Count)
                {
                    TVector value = Of(TLanes.Load(a + lane), TLanes.Load(b + lane));
                    TLanes.Store(target + lane, HasRelu ? TLanes.Max(value, TLanes.Broadcast(0)) : value);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TVector Of(TVector a, TVector b) => Operation switch
        {
            BlockedPairOperation.Add => TLanes.Add(a, b),
            BlockedPairOperation.Subtract => TLanes.MultiplyAdd(b, TLanes.Broadcast(-1), a),
            _ => TLanes.Multiply(a, b),
        };
    }
}
