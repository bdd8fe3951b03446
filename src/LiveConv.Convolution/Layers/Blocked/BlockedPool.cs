namespace LiveConv.Convolution;

/// <summary>
/// The largest value or the mean under each window of an image in blocks of channels. A mean is the sum, added row by row and left to
/// right, times the rounded reciprocal of the window's elements. Immutable.
/// </summary>
/// <param name="isMax">Whether the largest value is wanted; NaN when one is NaN.</param>
/// <param name="window">Height and width; (0, 0) for the whole image.</param>
/// <param name="walk">Stride, padding and dilation. Padding is -∞ for the maximum, and zeros for the mean.</param>
/// <param name="countsPadding">Whether padding counts as elements of a mean.</param>
/// <param name="uncounted">Of the padding after the image, the rows and columns at the end that never count; null for none.</param>
internal sealed class BlockedPool(bool isMax, PerAxis window, ConvOptions walk, bool countsPadding = true, int[]? uncounted = null)
    : BlockedLayer
{
    /// <summary>The mean of the whole image.</summary>
    public static BlockedPool GlobalAverage { get; } = new(isMax: false, 0, new ConvOptions());

    public override BlockedSize OutputOf(BlockedSize input)
    {
        Axis[] axes = AxesOf(input);
        return new(input.Channels, axes[0].Output, axes[1].Output);
    }

    public override BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width)
    {
        Axis[] axes = AxesOf(new(input.Layout.Channels, input.Layout.Height, input.Layout.Width));
        return VectorDispatch.Create<float, Factory, BlockedStep>(
            width,
            new()
            {
                IsMax = isMax,
                CountsPadding = countsPadding,
                Uncounted = uncounted ?? [0, 0],
                Axes = axes,
                Input = input,
                Output = output,
            });
    }

    private Axis[] AxesOf(BlockedSize input)
    {
        int[] sides = window[0] == 0 ? [input.Height, input.Width] : [window[0], window[1]];
        return walk.Axes([input.Height, input.Width], sides);
    }

    private readonly struct Factory : IRealLaneFactory<float, BlockedStep>
    {
        public required bool IsMax { get; init; }

        public required bool CountsPadding { get; init; }

        public required int[] Uncounted { get; init; }

        public required Axis[] Axes { get; init; }

        public required BlockedTensor Input { get; init; }

        public required BlockedTensor Output { get; init; }

        public BlockedStep Create<TLanes, TVector>()
            where TLanes : IRealLanes<float, TVector>
            where TVector : struct =>
            new BlockedRowStep<BlockedPoolRow<TLanes, TVector>>(
                new(Input, Output, Axes[0], Axes[1])
                {
                    IsMax = IsMax,
                    CountsPadding = CountsPadding,
                    UncountedRows = Uncounted[0],
                    UncountedColumns = Uncounted[1],
                });
    }
}
