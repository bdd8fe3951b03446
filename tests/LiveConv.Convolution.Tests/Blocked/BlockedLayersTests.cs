namespace LiveConv.Convolution.Tests;

/// <summary>Layers in blocks of channels that are no convolutions, and convolutions in groups, beside plain loops.</summary>
public class BlockedLayersTests
{
    private static readonly BlockedSize Size = new(21, 5, 7);

    public static TheoryData<int> Functions => [.. Enumerable.Range(0, Enum.GetValues<BlockedFunction>().Length)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Run_Map_IsTheFunctionOfEveryValue(int function)
    {
        float[] image = [.. BlockedExample.Noise(1, 21 * 5 * 7).Select(v => v * 5)];
        (float a, float b) = (BlockedFunction)function == BlockedFunction.Clip ? (-1.5f, 2) : (0.25f, 0.5f);
        float[] expected = [.. image.Select(x => BlockedMap.Of((BlockedFunction)function, x, a, b))];

        AssertEverywhere(expected, new BlockedMap((BlockedFunction)function, a, b), image);
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(1, true, false)]
    [InlineData(2, false, true)]
    [InlineData(2, true, false)]
    public void Run_Pair_IsTheOperationOfEveryTwo(int operation, bool isOne, bool hasRelu)
    {
        float[] first = BlockedExample.Noise(1, 21 * 35), second = BlockedExample.Noise(2, isOne ? 21 : 21 * 35);
        float[] expected = [.. first.Select((a, i) => Of(a, second[isOne ? i / 35 : i]))];

        var step = new BlockedPair((BlockedPairOperation)operation, hasRelu);
        foreach (VectorWidth width in BlockedExample.Widths)
        {
            BlockedTensor a = Filled(Size, first), b = Filled(isOne ? new(21, 1, 1) : Size, second);
            BlockedTensor output = Filled(Size, new float[21 * 35]);
            step.Plan([a, b], output, width).Run(null);

            Assert.Equal(expected, Stored(output));
        }

        Assert.Throws<ArgumentException>(() => step.OutputOf([Size, new BlockedSize(20, 1, 1)]));

        float Of(float a, float b)
        {
            float value = (BlockedPairOperation)operation switch
            {
                BlockedPairOperation.Add => a + b,
                BlockedPairOperation.Subtract => a - b,
                _ => a * b,
            };
            return hasRelu ? Math.Max(value, 0) : value;
        }
    }

    [Theory]
    [InlineData("16 32 5")]
    [InlineData("3 18 16 7")]
    [InlineData("21")]
    public void Run_Concat_IsOneImageAfterTheOther(string counts)
    {
        int[] channels = [.. counts.Split(' ').Select(count => int.Parse(count, System.Globalization.CultureInfo.InvariantCulture))];
        float[][] images = [.. channels.Select((count, i) => BlockedExample.Noise(i, count * 35))];
        BlockedTensor[] inputs = [.. channels.Select((count, i) => Filled(new(count, 5, 7), images[i]))];
        var layer = new BlockedConcat();
        BlockedSize size = layer.OutputOf([.. channels.Select(count => new BlockedSize(count, 5, 7))]);
        BlockedTensor output = Filled(size, new float[channels.Sum() * 35]);

        layer.Plan(inputs, output, VectorWidths.BestReal).Run(null);

        Assert.Equal(images.SelectMany(image => image), Stored(output));
        AssertFillingIsZero(output);
        Assert.Throws<ArgumentException>(() => layer.OutputOf([Size, new BlockedSize(3, 5, 6)]));
    }

    [Fact]
    public void Run_Gather_IsEveryElementFromItsPlace()
    {
        float[] image = BlockedExample.Noise(1, 21 * 35);
        var random = new Random(4);
        int[] sources = [.. Enumerable.Range(0, 18 * 3 * 11).Select(_ => random.Next(-1, image.Length))];

        AssertEverywhere(
            [.. sources.Select(source => source < 0 ? 0.75f : image[source])], new BlockedGather(new(18, 3, 11), sources, 0.75f), image);
    }

    [Theory]
    [InlineData(21, 35, false)]
    [InlineData(35, 1, false)]
    [InlineData(7, 1, true)]
    [InlineData(5, 7, false)]
    public void Run_Softmax_AddsUpToOne(int length, int inner, bool isLog)
    {
        float[] image = [.. BlockedExample.Noise(1, 21 * 35).Select(v => v * 90)];
        var expected = new float[image.Length];
        for (int i = 0; i < image.Length; i++)
        {
            int first = i / (length * inner) * length * inner + i % inner;
            double[] all = [.. Enumerable.Range(0, length).Select(k => (double)image[first + k * inner])];
            double sum = all.Sum(value => ExactFunctions.Exp(value - all.Max()));
            expected[i] = (float)(isLog ? image[i] - all.Max() - ExactFunctions.Log(sum) : ExactFunctions.Exp(image[i] - all.Max()) / sum);
        }

        AssertEverywhere(expected, new BlockedSoftmax(length, inner, isLog), image);
    }

    [Theory]
    [InlineData(21, 42, 7)]
    [InlineData(64, 48, 16)]
    [InlineData(80, 80, 2)]
    [InlineData(12, 12, 4)]
    public void Run_Groups_AreConvolutionsOfTheirOwn(int inputs, int outputs, int groups)
    {
        int each = inputs / groups;
        float[] image = BlockedExample.Noise(1, inputs * 35), weight = BlockedExample.Noise(2, outputs * each * 9);
        float[] bias = BlockedExample.Noise(3, outputs), addend = BlockedExample.Noise(4, outputs * 35);
        var options = new ConvOptions { Padding = 1, Groups = groups };
        var layer = new BlockedGroupedConv(weight, [outputs, each, 3, 3], bias, options, hasRelu: true);
        float[]? bits = null;
        foreach (VectorWidth width in BlockedExample.Widths)
        {
            BlockedTensor input = Filled(new(inputs, 5, 7), image), output = Filled(new(outputs, 5, 7), new float[outputs * 35]);
            layer.Plan(input, output, Filled(new(outputs, 5, 7), addend), width).Run(null);
            float[] actual = Stored(output);
            Assert.Equal(bits ??= actual, actual);
        }

        for (int i = 0; i < bits!.Length; i++)
        {
            (int o, int y, int x) = (i / 35, i / 7 % 5, i % 7);
            double sum = bias[o];
            for (int c = 0; c < each; c++)
            {
                for (int tap = 0; tap < 9; tap++)
                {
                    (int row, int column) = (y + tap / 3 - 1, x + tap % 3 - 1);
                    int channel = o / (outputs / groups) * each + c;
                    bool isInside = row is >= 0 and < 5 && column is >= 0 and < 7;
                    sum += isInside ? (double)weight[(o * each + c) * 9 + tap] * image[channel * 35 + row * 7 + column] : 0;
                }
            }

            Assert.Equal(Math.Max(0, sum + addend[i]), bits[i], 1e-5 * each);
        }
    }

    [Fact]
    public void Run_PoolWithRowsThatNeverCount_IsTheMeanWithoutThem()
    {
        var network = new BlockedNetwork(new(1, 3, 3));
        var walk = new ConvOptions { Stride = 2, Padding = Padding.Sides(0, 1) };
        network.Add(new BlockedPool(isMax: false, 2, walk, countsPadding: true, uncounted: [1, 1]), 0);
        float[] means = new float[4];

        network.Plan().Run([1, 2, 3, 4, 5, 6, 7, 8, 10], means);

        Assert.Equal([3, 4.5f, 7.5f, 10], means);
    }

    [Fact]
    public void Plan_KeptNodes_LendTheirMemoryToNobody()
    {
        var network = new BlockedNetwork(new(3, 4, 4));
        int node = 0;
        for (int i = 0; i < 6; i++)
        {
            node = network.Add(new BlockedMap(BlockedFunction.HardSigmoid, 1, 1f / (1 << i)), node);
        }

        float[] image = BlockedExample.Noise(1, 48), result = new float[48], kept = new float[48];
        BlockedRunner plain = network.Plan(), keeping = network.Plan(keeps: n => n == 2);
        plain.Run(image, result);
        keeping.Run(image, kept);

        Assert.Equal(result, kept);
        float[] second = new float[48];
        keeping.OutputOf(2).Store(second);
        float Step(float x, float b) => BlockedMap.Of(BlockedFunction.HardSigmoid, x, 1, b);
        Assert.Equal(image.Select(x => Step(Step(x, 1), 0.5f)), second);
        Assert.Equal(2, Enumerable.Range(1, 6).Select(plain.OutputOf).Distinct().Count());
    }

    private static void AssertEverywhere(float[] expected, BlockedLayer layer, float[] image)
    {
        foreach (VectorWidth width in BlockedExample.Widths)
        {
            foreach (int threads in (int[])[1, 3])
            {
                using var workers = new WorkerPool(threads);
                BlockedTensor output = Filled(layer.OutputOf(Size), new float[expected.Length]);
                layer.Plan(Filled(Size, image), output, null, width).Run(workers);

                Assert.Equal(expected, Stored(output));
                AssertFillingIsZero(output);
            }
        }
    }

    private static BlockedTensor Filled(BlockedSize size, float[] values)
    {
        var tensor = new BlockedTensor(new(size.Channels, size.Height, size.Width, 1, BlockedLayout.Wide));
        tensor.Load(values);
        return tensor;
    }

    private static float[] Stored(BlockedTensor tensor)
    {
        var values = new float[tensor.Layout.Channels * tensor.Layout.Height * tensor.Layout.Width];
        tensor.Store(values);
        return values;
    }

    private static unsafe void AssertFillingIsZero(BlockedTensor tensor)
    {
        BlockedLayout layout = tensor.Layout;
        for (int channel = layout.Channels; channel < layout.Blocks * layout.Block; channel++)
        {
            for (int i = 0; i < layout.Height * layout.Width; i++)
            {
                Assert.Equal(0, tensor.Origin[layout.Offset(channel, i / layout.Width, i % layout.Width)]);
            }
        }
    }
}
