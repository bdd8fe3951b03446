using LiveConv.Convolution;
using LiveConv.Networks;

namespace LiveConv.Page.Tests;

/// <summary>A network that pages look into, over one image.</summary>
public sealed class LiveNetworkTests
{
    private static readonly string[] Labels = ["ball", "bat", "neither"];

    [Fact]
    public void Show_EveryUnitOfEveryConvolution_IsTheSumThatItIsSaidToBe()
    {
        LiveNetwork network = Small();
        using Plane<byte> image = Noise(40, 30);
        NetworkLayerLine[] layers = [.. network.Show(image, 1, new NetworkRequest(0, 32, WithLayers: true)).Layers!];
        int sums = 0;
        for (int layer = 1; layer < layers.Length; layer++)
        {
            for (int map = 0; map < layers[layer].Channels; map++)
            {
                (int x, int y) = (map * 7 % layers[layer].Width, map * 5 % layers[layer].Height);
                UnitLine unit = network.Show(image, 1, new NetworkRequest(layer, 32, Unit: new UnitQuestion(map, x, y))).Unit!;
                if (unit.Sum is not { } sum)
                {
                    continue;
                }

                sums++;
                float value = sum.After.Contains("Relu") ? Math.Max(0, sum.Total) : sum.Total;
                Assert.Equal(value, unit.Value, 1e-4f * Math.Max(1, Math.Abs(value)));
                float part = sum.Elements.SelectMany(row => row).Zip(sum.Weights.SelectMany(row => row), (e, w) => (e ?? 0) * w).Sum();
                Assert.Equal(part, sum.Parts[sum.Input - sum.First], 1e-4f);
            }
        }

        Assert.True(sums >= 14, $"only {sums} sums were explained");
    }

    [Fact]
    public void Show_AUnitsField_IsWhatItDependsOn()
    {
        LiveNetwork network = Small();
        using Plane<byte> image = Noise(24, 24);
        var request = new NetworkRequest(2, 32, Unit: new UnitQuestion(3, 4, 5));
        UnitLine before = network.Show(image, 1, request).Unit!;

        for (int y = 0; y < 24; y++)
        {
            for (int x = 0; x < 24; x++)
            {
                bool isInside = x >= before.Field.X && x < before.Field.X + before.Field.Width
                    && y >= before.Field.Y && y < before.Field.Y + before.Field.Height;
                image.Row(y)[x] = isInside ? image.Row(y)[x] : (byte)~image.Row(y)[x];
            }
        }

        Assert.Equal(before.Value, network.Show(image, 2, request).Unit!.Value);
        image.Row(before.Field.Y + before.Field.Height / 2)[before.Field.X + before.Field.Width / 2] ^= 128;
        Assert.NotEqual(before.Sum!.Total, network.Show(image, 3, request).Unit!.Sum!.Total);
    }

    [Fact]
    public void Show_Scores_AreProbabilitiesWithTheBestFirst()
    {
        using Plane<byte> image = Noise(40, 30);
        IReadOnlyList<ScoreLine> scores = Small().Show(image, 1, new NetworkRequest(0, 32)).Scores;

        Assert.Equal(Labels.Order(), scores.Select(score => score.Label).Order());
        Assert.Equal(1, scores.Sum(score => score.Score), 0.001);
        Assert.Equal(scores.OrderByDescending(score => score.Score), scores);
    }

    [Theory]
    [InlineData(640, 480, 80, 0, 480, 480)]
    [InlineData(480, 640, 0, 80, 480, 480)]
    [InlineData(10, 7, 1, 0, 7, 7)]
    public void Show_ThePartThatItSees_IsTheMiddleInTheInputsShape(int width, int height, int x, int y, int partWidth, int partHeight)
    {
        using Plane<byte> image = Noise(width, height);

        Assert.Equal(new PartLine(x, y, partWidth, partHeight), Small().Show(image, 1, new NetworkRequest(0, 32)).Part);
    }

    [Fact]
    public void Show_LayerOrUnitThatIsNotThere_IsRefusedOrNotExplained()
    {
        LiveNetwork network = Small();
        using Plane<byte> image = Noise(24, 24);

        Assert.Equal($"the network has {network.Network.Layers.Count} layers", network.Show(image, 1, new NetworkRequest(99, 32)).Refused);
        Assert.Null(network.Show(image, 1, new NetworkRequest(1, 32, Unit: new UnitQuestion(0, 24, 0))).Unit);
        Assert.Null(network.Show(image, 1, new NetworkRequest(1, 32, Unit: new UnitQuestion(-1, 0, 0))).Unit);
        Assert.NotNull(network.Show(image, 1, new NetworkRequest(1, 32, Unit: new UnitQuestion(0, 0, 0, int.MinValue))).Unit);
    }

    [Theory]
    [InlineData(PixelScale.Unit, 0.2f)]
    [InlineData(PixelScale.AroundZero, -0.6f)]
    [InlineData(PixelScale.Byte, 51f)]
    [InlineData(PixelScale.ImageNet, (0.2f - 0.485f) / 0.229f)]
    public void Show_TheInput_IsScaledAsTheNetworkWantsIt(PixelScale scale, float expected)
    {
        LiveNetwork network = Small(scale);
        using var image = new Plane<byte>(24, 24);
        for (int y = 0; y < 24; y++)
        {
            image.Row(y).Fill(51);
        }

        Assert.Equal(expected, network.Show(image, 1, new NetworkRequest(0, 32, Unit: new UnitQuestion(0, 3, 3))).Unit!.Value, 1e-5f);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Show_WeightsThatAreNotFinite_MakeAMessageAllTheSame(float weight)
    {
        var file = new OnnxWriter(13, [1, 1, 8, 8]);
        string conv = file.Node("Conv", ["x", file.Floats([weight, 1, 1, 1], 1, 1, 2, 2)]);
        file.Node("Flatten", [file.Node("GlobalAveragePool", [conv])]);
        var network = new LiveNetwork("n", Network.Read(file.ToFile()), ["only"], PixelScale.Unit);
        using Plane<byte> image = Noise(8, 8);

        for (int layer = 0; layer < network.Network.Layers.Count; layer++)
        {
            NetworkMessage message = network.Show(image, 1, new NetworkRequest(layer, 32, true, new UnitQuestion(0, 0, 0)));

            Assert.NotEmpty(new MessageWriter().Write(message).ToArray());
            Assert.Empty(message.Scores);
        }

        Assert.Contains("not finite", network.Show(image, 1, new NetworkRequest(1, 32, Unit: new UnitQuestion(0, 0, 0))).Refused);
    }

    [Fact]
    public void Constructor_LabelsThatDoNotFit_AreRefused()
    {
        var file = new OnnxWriter(13, [1, 1, 8, 8]);
        file.Node("Flatten", ["x"]);
        var network = Network.Read(file.ToFile());

        var refused = Assert.Throws<ArgumentException>(() => new LiveNetwork("n", network, Labels, PixelScale.Unit));

        Assert.Contains("3 labels; the network has 64 outputs", refused.Message);
    }

    [Theory]
    [InlineData("""{"layer":-1,"width":32}""")]
    [InlineData("""{"layer":0,"width":7}""")]
    [InlineData("""{"layer":0,"width":321}""")]
    [InlineData("""{"layer":0,"width":32,"unit":{"map":0}}""")]
    [InlineData("""{"layer":0,"width":32,"else":1}""")]
    [InlineData("[]")]
    public void Read_RequestsThatAreNone_AreRefused(string json) =>
        Assert.Throws<FormatException>(() => NetworkRequest.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    // A residual block with padding and stride, groups, pooling, and a dense layer.
    private static LiveNetwork Small(PixelScale scale = PixelScale.Unit)
    {
        var file = new OnnxWriter(13, [1, 3, 24, 24]);
        string first = file.Node("Relu", [file.Node(
            "Conv", ["x", file.Weights(1, 6, 3, 3, 3), file.Weights(1, 6)], ("pads", new[] { 1, 1, 1, 1 }))]);
        string second = file.Node(
            "Conv", [first, file.Weights(1, 6, 3, 3, 3)], ("pads", new[] { 1, 1, 1, 1 }), ("group", 2));
        string sum = file.Node("Relu", [file.Node("Add", [second, first])]);
        string pooled = file.Node("MaxPool", [sum], ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }));
        string third = file.Node("Conv", [pooled, file.Weights(1, 5, 6, 3, 3)], ("strides", new[] { 2, 2 }), ("dilations", new[] { 2, 2 }));
        string flat = file.Node("Flatten", [file.Node("GlobalAveragePool", [third])]);
        file.Node("Gemm", [flat, file.Weights(1, 3, 5), file.Weights(1, 3)], ("transB", 1));
        return new LiveNetwork("small", Network.Read(file.ToFile()), Labels, scale);
    }

    private static Plane<byte> Noise(int width, int height)
    {
        var plane = new Plane<byte>(width, height);
        var random = new Random(1);
        for (int y = 0; y < height; y++)
        {
            random.NextBytes(plane.Row(y));
        }

        return plane;
    }
}
