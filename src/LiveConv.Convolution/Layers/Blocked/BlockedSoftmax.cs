namespace LiveConv.Convolution;

/// <summary>
/// Exponentials that add up to 1, over one axis of an image's elements in their order, channel by channel and row by row. In double
/// precision, rounded once, on the calling thread: networks end in it. Immutable.
/// </summary>
/// <param name="length">Elements that add up to 1 together.</param>
/// <param name="inner">The distance of two neighbours among them.</param>
/// <param name="isLog">Whether the results are logarithms.</param>
internal sealed class BlockedSoftmax(int length, int inner, bool isLog) : BlockedLayer
{
    public override BlockedSize OutputOf(BlockedSize input) => input;

    public override BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width) =>
        new Step(input, output, length, inner, isLog);

    private sealed unsafe class Step(BlockedTensor input, BlockedTensor output, int length, int inner, bool isLog) : BlockedStep
    {
        public override void Run(WorkerPool? workers)
        {
            BlockedLayout layout = output.Layout;
            int count = layout.Channels * layout.Height * layout.Width;
            for (int outer = 0; outer < count; outer += length * inner)
            {
                for (int first = outer; first < outer + inner; first++)
                {
                    One(first);
                }
            }
        }

        private void One(int first)
        {
            float max = float.NegativeInfinity;
            for (int i = 0; i < length; i++)
            {
                max = Math.Max(max, At(input, first + i * inner));
            }

            double sum = 0;
            for (int i = 0; i < length; i++)
            {
                sum += ExactFunctions.Exp((double)At(input, first + i * inner) - max);
            }

            for (int i = 0; i < length; i++)
            {
                double value = (double)At(input, first + i * inner) - max;
                At(output, first + i * inner) = (float)(isLog ? value - ExactFunctions.Log(sum) : ExactFunctions.Exp(value) / sum);
            }
        }

        private static ref float At(BlockedTensor tensor, int element)
        {
            BlockedLayout layout = tensor.Layout;
            int row = element / layout.Width;
            return ref tensor.Origin[layout.Offset(row / layout.Height, row % layout.Height, element % layout.Width)];
        }
    }
}
