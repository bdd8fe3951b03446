namespace LiveConv.Convolution.Tests;

/// <summary>A layer in blocks with a random image and addend, and the same in plain loops.</summary>
internal sealed class BlockedExample
{
    private readonly BlockedConv layer;
    private readonly BlockedSize size;
    private readonly BlockedSize outputSize;
    private readonly Axis[] axes;

    public BlockedExample(BlockedConv layer, BlockedSize size)
    {
        (this.layer, this.size, outputSize) = (layer, size, layer.OutputOf(size));
        axes = layer.Options.Axes([size.Height, size.Width], layer.Shape[2..]);
        Input = Noise(4, size.Channels * size.Height * size.Width);
        Addend = Noise(5, outputSize.Channels * outputSize.Height * outputSize.Width);
    }

    public static IEnumerable<VectorWidth> Widths => Enum.GetValues<VectorWidth>().Where(VectorWidths.IsSupported);

    public float[] Input { get; }

    public float[] Addend { get; }

    public static BlockedConv Layer(int[] channels, int[] kernel, ConvOptions options, bool hasRelu) =>
        new(
            Noise(1, channels[0] * channels[1] * kernel[0] * kernel[1]), [channels[1], channels[0], kernel[0], kernel[1]],
            Noise(2, channels[1]), options, hasRelu);

    public static float[] Noise(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
    }

    public float[] Run(VectorWidth width, int threads, int block)
    {
        // The addend's border differs from the output's; the input's is wider than it need be.
        var input = new BlockedTensor(new(size.Channels, size.Height, size.Width, layer.BorderOf(size) + 1, block));
        var output = Tensor(1);
        var addend = Tensor(0);
        input.Load(Input);
        addend.Load(Addend);
        using var workers = new WorkerPool(threads);
        BlockedStep step = layer.Plan(input, output, addend, width);
        step.Run(workers);
        step.Run(workers);
        var values = new float[Addend.Length];
        output.Store(values);
        return values;

        BlockedTensor Tensor(int border) =>
            new(new(outputSize.Channels, outputSize.Height, outputSize.Width, border, BlockedLayout.Wide));
    }

    /// <summary>The bias, then the products block by block, row by row, left to right, channel by channel, then the addend.</summary>
    public float[] PlainSums(int block)
    {
        int inputs = layer.Shape[1];
        var order = new List<(int Input, int Y, int X)>();
        for (int first = 0; first < inputs; first += block)
        {
            for (int tap = 0; tap < layer.Shape[2] * layer.Shape[3]; tap++)
            {
                for (int input = first; input < Math.Min(first + block, inputs); input++)
                {
                    order.Add((input, tap / layer.Shape[3], tap % layer.Shape[3]));
                }
            }
        }

        return Sums((output, y, x) =>
        {
            float sum = layer.Bias[output];
            foreach ((int input, int row, int column) in order)
            {
                sum = MathF.FusedMultiplyAdd((float)Pixel(output, input, y, x, row, column), Weight(output, input, row, column), sum);
            }

            sum += Addend[(output * outputSize.Height + y) * outputSize.Width + x];
            return layer.HasRelu ? Math.Max(sum, 0) : sum;
        });
    }

    public double[] ExactSums(bool magnitudes) => Sums((output, y, x) =>
    {
        double sum = Size(layer.Bias[output]) + Size(Addend[(output * outputSize.Height + y) * outputSize.Width + x]);
        for (int i = 0; i < layer.Shape[1] * layer.Shape[2] * layer.Shape[3]; i++)
        {
            (int input, int row, int column) =
                (i / layer.Shape[3] / layer.Shape[2], i / layer.Shape[3] % layer.Shape[2], i % layer.Shape[3]);
            sum += Size(Pixel(output, input, y, x, row, column) * Weight(output, input, row, column));
        }

        return sum;

        double Size(double value) => magnitudes ? Math.Abs(value) : value;
    });

    private T[] Sums<T>(Func<int, int, int, T> sum)
    {
        int pixels = outputSize.Height * outputSize.Width;
        return [.. Enumerable.Range(0, Addend.Length).Select(
            i => sum(i / pixels, i % pixels / outputSize.Width, i % outputSize.Width))];
    }

    private float Weight(int output, int input, int row, int column) =>
        layer.Weight[((output * layer.Shape[1] + input) * layer.Shape[2] + row) * layer.Shape[3] + column];

    private double Pixel(int output, int input, int y, int x, int row, int column)
    {
        int channel = layer.IsDepthwise ? output : input;
        int r = y * axes[0].Stride - axes[0].Before + row * axes[0].Dilation;
        int c = x * axes[1].Stride - axes[1].Before + column * axes[1].Dilation;
        return r >= 0 && r < size.Height && c >= 0 && c < size.Width ? Input[(channel * size.Height + r) * size.Width + c] : 0;
    }
}
