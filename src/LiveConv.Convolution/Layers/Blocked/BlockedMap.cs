using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>A function of every value of an image in blocks of channels. Immutable.</summary>
/// <param name="function">The function.</param>
/// <param name="a">Its first number.</param>
/// <param name="b">Its second number.</param>
internal sealed class BlockedMap(BlockedFunction function, float a = 0, float b = 0) : BlockedLayer
{
    public override BlockedSize OutputOf(BlockedSize input) => input;

    public override BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width) =>
        VectorDispatch.Create<float, Factory, BlockedStep>(
            width, new() { Function = function, A = a, B = b, Input = input, Output = output });

    /// <summary>The function, one value at a time.</summary>
    [MethodImpl(HotLoop.PathOptions)]
    public static float Of(BlockedFunction function, float x, float a, float b) => function switch
    {
        BlockedFunction.Relu => Math.Max(x, 0),
        BlockedFunction.LeakyRelu => MathF.FusedMultiplyAdd(-Math.Max(-x, 0), a, Math.Max(x, 0)),
        BlockedFunction.Clip => Math.Min(Math.Max(x, a), b),
        BlockedFunction.HardSigmoid => Math.Min(Math.Max(MathF.FusedMultiplyAdd(a, x, b), 0), 1),
        BlockedFunction.HardSwish => x * Math.Min(Math.Max(MathF.FusedMultiplyAdd(a, x, b), 0), 1),
        BlockedFunction.Sigmoid => (float)(1 / (1 + ExactFunctions.Exp(-(double)x))),
        _ => (float)Tanh(x),
    };

    // Near zero the exponential has lost the value's digits.
    [MethodImpl(HotLoop.PathOptions)]
    private static double Tanh(double x) =>
        Math.Abs(x) < 1e-3 ? x - x * x * x / 3 : 1 - 2 / (ExactFunctions.Exp(2 * x) + 1);

    private readonly struct Factory : IRealLaneFactory<float, BlockedStep>
    {
        public required BlockedFunction Function { get; init; }

        public required float A { get; init; }

        public required float B { get; init; }

        public required BlockedTensor Input { get; init; }

        public required BlockedTensor Output { get; init; }

        public BlockedStep Create<TLanes, TVector>()
            where TLanes : IRealLanes<float, TVector>
            where TVector : struct =>
            new BlockedRowStep<Row<TLanes, TVector>>(new(Input, Output) { Function = Function, A = A, B = B });
    }

    private readonly unsafe struct Row<TLanes, TVector>(BlockedTensor input, BlockedTensor output) : IBlockedRow
        where TLanes : IRealLanes<float, TVector>
        where TVector : struct
    {
        public required BlockedFunction Function { get; init; }

        public required float A { get; init; }

        public required float B { get; init; }

        public BlockedLayout Output => output.Layout;

        public void Run(int block, int row)
        {
            float* source = input.Origin + input.Layout.Offset(block * BlockedLayout.Wide, row, 0);
            float* target = output.Origin + output.Layout.Offset(block * BlockedLayout.Wide, row, 0);
            if (Function >= BlockedFunction.Sigmoid)
            {
                Exponentials(source, target, Math.Min(BlockedLayout.Wide, Output.Channels - block * BlockedLayout.Wide));
                return;
            }

            Vectors(source, target, (nint)Output.Width * BlockedLayout.Wide);
            output.ClearFilling(block, row);
        }

        // One by one, and each takes long: not those that fill up the block.
        [MethodImpl(HotLoop.Options)]
        private void Exponentials(float* source, float* target, int channels)
        {
            for (int x = 0; x < Output.Width; x++, source += BlockedLayout.Wide, target += BlockedLayout.Wide)
            {
                for (int lane = 0; lane < channels; lane++)
                {
                    target[lane] = BlockedMap.Of(Function, source[lane], A, B);
                }
            }
        }

        [MethodImpl(HotLoop.Options)]
        private void Vectors(float* source, float* target, nint count)
        {
            TVector a = TLanes.Broadcast(A), b = TLanes.Broadcast(B);
            for (nint i = 0; i < count; i += TLanes.Count)
            {
                TLanes.Store(target + i, Of(TLanes.Load(source + i), a, b));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TVector Of(TVector x, TVector a, TVector b)
        {
            TVector zero = TLanes.Broadcast(0);
            return Function switch
            {
                BlockedFunction.Relu => TLanes.Max(x, zero),
                BlockedFunction.LeakyRelu => TLanes.MultiplyAdd(Negative(TLanes.Max(Negative(x), zero)), a, TLanes.Max(x, zero)),
                BlockedFunction.Clip => Min(TLanes.Max(x, a), b),
                BlockedFunction.HardSigmoid => Min(TLanes.Max(TLanes.MultiplyAdd(a, x, b), zero), TLanes.Broadcast(1)),
                _ => TLanes.Multiply(x, Min(TLanes.Max(TLanes.MultiplyAdd(a, x, b), zero), TLanes.Broadcast(1))),
            };
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Negative(TVector x) => TLanes.Multiply(x, TLanes.Broadcast(-1));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Min(TVector x, TVector max) => Negative(TLanes.Max(Negative(x), Negative(max)));
    }
}
