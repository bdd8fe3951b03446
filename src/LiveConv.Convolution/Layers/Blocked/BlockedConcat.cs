namespace LiveConv.Convolution;

/// <summary>The channels of some images in blocks, one image after the other. Immutable.</summary>
internal sealed class BlockedConcat : BlockedLayer
{
    public override BlockedSize OutputOf(BlockedSize input) => input;

    public override BlockedSize OutputOf(ReadOnlySpan<BlockedSize> inputs)
    {
        int channels = 0;
        foreach (BlockedSize input in inputs)
        {
            if ((input.Height, input.Width) != (inputs[0].Height, inputs[0].Width))
            {
                throw Shapes.Error("inputs", $"{inputs[0]} and {input} differ in height or width");
            }

            channels = checked(channels + input.Channels);
        }

        return inputs[0] with { Channels = channels };
    }

    public override BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width) =>
        Plan(addend is null ? [input] : [input, addend], output, width);

    public override BlockedStep Plan(ReadOnlySpan<BlockedTensor> inputs, BlockedTensor output, VectorWidth width) =>
        new BlockedRowStep<Row>(new Row(inputs.ToArray(), output));

    private readonly unsafe struct Row : IBlockedRow
    {
        private const int Block = BlockedLayout.Wide;

        private readonly BlockedTensor[] inputs;
        private readonly BlockedTensor output;

        // Of every channel of the output: which image has it, and as which channel.
        private readonly (int Image, int Channel)[] sources;

        public Row(BlockedTensor[] inputs, BlockedTensor output)
        {
            (this.inputs, this.output) = (inputs, output);
            sources = [.. inputs.SelectMany(
                (tensor, image) => Enumerable.Range(0, tensor.Layout.Channels).Select(channel => (image, channel)))];
        }

        public BlockedLayout Output => output.Layout;

        public void Run(int block, int row)
        {
            int first = block * Block;
            int channels = Math.Min(Block, sources.Length - first);
            (int image, int channel) = sources[first];
            float* target = output.Origin + output.Layout.Offset(first, row, 0);
            if (channel % Block == 0 && sources[first + channels - 1].Image == image)
            {
                // Both blocks have the same channels, and the same that fill them up.
                BlockedTensor input = inputs[image];
                float* source = input.Origin + input.Layout.Offset(channel, row, 0);
                new Span<float>(source, Output.Width * Block).CopyTo(new Span<float>(target, Output.Width * Block));
                output.ClearFilling(block, row);
                return;
            }

            for (int lane = 0; lane < channels; lane++)
            {
                (image, channel) = sources[first + lane];
                float* source = inputs[image].Origin + inputs[image].Layout.Offset(channel, row, 0);
                for (nint x = 0; x < (nint)Output.Width * Block; x += Block)
                {
                    target[x + lane] = source[x];
                }
            }
        }
    }
}
