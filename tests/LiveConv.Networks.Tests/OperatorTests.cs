namespace LiveConv.Networks.Tests;

/// <summary>Every operator, in files of one or a few, against ONNX Runtime.</summary>
public class OperatorTests
{
    private const double Bound = 5e-6;

    private static readonly Dictionary<string, Func<byte[]>> Files = new()
    {
        ["conv, asymmetric pads, strides"] = () => Conv([1, 5, 19, 23], [7, 5, 3, 4], ("pads", I(1, 0, 2, 3)), ("strides", I(2, 3))),
        ["conv, dilation"] = () => Conv([1, 17, 20, 21], [33, 17, 3, 3], ("dilations", I(2, 3)), ("pads", I(2, 3, 2, 3))),
        ["conv, same upper"] = () => Conv([1, 3, 15, 17], [16, 3, 4, 4], ("auto_pad", "SAME_UPPER"), ("strides", I(2, 2))),
        ["conv, same lower"] = () => Conv([1, 3, 15, 17], [16, 3, 4, 4], ("auto_pad", "SAME_LOWER"), ("strides", I(2, 2))),
        ["conv, valid"] = () => Conv([1, 3, 15, 17], [16, 3, 4, 4], ("auto_pad", "VALID")),
        ["conv, winograd"] = () => Conv([1, 32, 20, 20], [40, 32, 3, 3], ("pads", I(1, 1, 1, 1))),
        ["conv, depthwise"] = () => Conv([1, 21, 20, 20], [21, 1, 3, 3], ("pads", I(1, 1, 1, 1)), ("group", 21)),
        ["conv, depthwise, two each"] = () => Conv([1, 21, 20, 20], [42, 1, 3, 3], ("pads", I(1, 1, 1, 1)), ("group", 21)),
        ["conv, groups of 4"] = () => Conv([1, 64, 10, 11], [96, 4, 3, 3], ("pads", I(1, 1, 1, 1)), ("group", 16)),
        ["conv, groups of 7"] = () => Conv([1, 21, 10, 11], [45, 7, 3, 3], ("strides", I(2, 1)), ("group", 3)),
        ["conv, two groups of 40"] = () => Conv([1, 80, 9, 9], [80, 40, 1, 1], ("group", 2)),
        ["conv, one channel"] = () => Conv([1, 1, 28, 28], [1, 1, 5, 5]),
        ["batch normalization alone"] = () => One(9, [1, 19, 7, 9], w =>
            w.Node("BatchNormalization", ["x", W(w, 19), W(w, 19), W(w, 19), Positive(w, 19)], ("epsilon", 1e-3f))),
        ["batch normalization of numbers"] = () => One(15, [1, 19], w =>
            w.Node("BatchNormalization", ["x", W(w, 19), W(w, 19), W(w, 19), Positive(w, 19)])),
        ["relu alone"] = () => One(14, [1, 3, 5, 7], w => w.Node("Relu", ["x"])),
        ["leaky relu"] = () => One(7, [1, 3, 5, 7], w => w.Node("LeakyRelu", ["x"], ("alpha", 0.1f))),
        ["leaky relu above 1"] = () => One(7, [1, 3, 5, 7], w => w.Node("LeakyRelu", ["x"], ("alpha", 1.5f))),
        ["clip, attributes"] = () => One(7, [1, 3, 5, 7], w => w.Node("Clip", ["x"], ("min", -0.5f), ("max", 1f))),
        ["clip, inputs"] = () => One(11, [1, 3, 5, 7], w => w.Node("Clip", ["x", w.Floats([0]), w.Floats([1.5f])])),
        ["clip, no smallest"] = () => One(13, [1, 3, 5, 7], w => w.Node("Clip", ["x", "", w.Floats([1f])])),
        ["clip, no bound above"] = () => One(13, [1, 3, 5, 7], w => w.Node("Clip", ["x", w.Floats([0f])])),
        ["sigmoid"] = () => One(13, [1, 3, 5, 7], w => w.Node("Sigmoid", ["x"])),
        ["tanh"] = () => One(13, [1, 3, 5, 7], w => w.Node("Tanh", ["x"])),
        ["hard sigmoid"] = () => One(7, [1, 3, 5, 7], w => w.Node("HardSigmoid", ["x"], ("alpha", 0.3f), ("beta", 0.4f))),
        ["hard swish"] = () => One(14, [1, 3, 5, 7], w => w.Node("HardSwish", ["x"])),
        ["swish"] = () => One(13, [1, 3, 5, 7], w => w.Node("Mul", ["x", w.Node("Sigmoid", ["x"])])),
        ["max pool"] = () => Pool("MaxPool", 8, ("kernel_shape", I(3, 2)), ("strides", I(2, 2)), ("pads", I(1, 0, 1, 1))),
        ["max pool, ceiling"] = () => Pool("MaxPool", 10, ("kernel_shape", I(3, 3)), ("strides", I(2, 2)), ("ceil_mode", 1)),
        ["max pool, dilation"] = () => Pool("MaxPool", 10, ("kernel_shape", I(3, 3)), ("dilations", I(2, 2))),
        ["max pool, same"] = () => Pool("MaxPool", 8, ("kernel_shape", I(3, 3)), ("strides", I(2, 2)), ("auto_pad", "SAME_UPPER")),
        ["average pool"] = () => Pool("AveragePool", 7, ("kernel_shape", I(3, 3)), ("pads", I(1, 1, 1, 1))),
        ["average pool, padding counts"] = () => Pool(
            "AveragePool", 7, ("kernel_shape", I(3, 3)), ("pads", I(1, 1, 1, 1)), ("count_include_pad", 1)),
        ["average pool, ceiling"] = () => Pool("AveragePool", 19, ("kernel_shape", I(3, 3)), ("strides", I(2, 2)), ("ceil_mode", 1)),
        ["average pool, ceiling, padding counts"] = () => Pool(
            "AveragePool", 19, ("kernel_shape", I(3, 3)), ("strides", I(2, 2)), ("pads", I(1, 1, 1, 1)), ("ceil_mode", 1),
            ("count_include_pad", 1)),
        ["global average pool"] = () => Pool("GlobalAveragePool", 7),
        ["global max pool"] = () => Pool("GlobalMaxPool", 7),
        ["reduce mean, attribute"] = () => One(13, [1, 20, 5, 7], w => w.Node("ReduceMean", ["x"], ("axes", I(-1, -2)))),
        ["reduce mean, input, no axes kept"] = () => One(18, [1, 20, 5, 7], w =>
            w.Node("ReduceMean", ["x", w.Integers(2, 3)], ("keepdims", 0))),
        ["numbers before a layer"] = () => One(13, [1, 3, 6, 6], w => w.Node("Sub", [w.Floats([1f]), w.Node("Mul", ["x", W3(w)])])),
        ["numbers after a convolution"] = () => One(13, [1, 3, 6, 6], w =>
        {
            string conv = w.Node("Conv", ["x", w.Weights(1, 4, 3, 1, 1)]);
            return w.Node("Add", [w.Node("Div", [conv, Positive(w, 4, 1, 1)]), w.Weights(1, 1, 4, 1, 1)]);
        }),
        ["sum of two convolutions"] = () => One(13, [1, 3, 9, 9], w => w.Node("Relu", [w.Node("Add", [
            w.Node("Conv", ["x", w.Weights(1, 20, 3, 3, 3)]), w.Node("Conv", ["x", w.Weights(1, 20, 3, 3, 3)])])])),
        ["sum of a convolution and a later pool"] = () => One(13, [1, 3, 9, 9], w =>
        {
            string conv = w.Node("Conv", ["x", w.Weights(1, 3, 3, 3, 3)]);
            return w.Node("Relu", [w.Node("Add", [conv, w.Node("MaxPool", ["x"], ("kernel_shape", I(3, 3)))])]);
        }),
        ["sum of two pools, relu"] = () => One(13, [1, 3, 9, 9], w => w.Node("Relu", [w.Node("Add", [
            w.Node("AveragePool", ["x"], ("kernel_shape", I(3, 3))), w.Node("MaxPool", ["x"], ("kernel_shape", I(3, 3)))])])),
        ["difference"] = () => One(13, [1, 3, 9, 9], w => w.Node("Sub", ["x", w.Node("Sigmoid", ["x"])])),
        ["a number for each channel of the image"] = () => One(13, [1, 20, 9, 9], w =>
            w.Node("Mul", [w.Node("Sigmoid", [w.Node("GlobalAveragePool", ["x"])]), "x"])),
        ["concat, whole blocks"] = () => One(13, [1, 16, 5, 6], w => w.Node("Concat", ["x", w.Node("Relu", ["x"]), "x"], ("axis", 1))),
        ["concat, parts of blocks"] = () => One(13, [1, 3, 5, 6], w => w.Node("Concat", [
            "x", w.Node("Conv", ["x", w.Weights(1, 18, 3, 1, 1)]), w.Node("Relu", ["x"])], ("axis", -3))),
        ["concat of numbers"] = () => One(13, [1, 5], w => w.Node("Concat", ["x", w.Node("Tanh", ["x"])], ("axis", 1))),
        ["flatten and dense"] = () => One(13, [1, 5, 4, 3], w =>
            w.Node(
                "Gemm", [w.Node("Flatten", ["x"]), w.Weights(1, 11, 60), w.Weights(1, 11)], ("transB", 1), ("alpha", 0.5f), ("beta", 2f))),
        ["reshape and multiply"] = () => One(13, [1, 5, 4, 3], w =>
            w.Node("Add", [w.Node("MatMul", [w.Node("Reshape", ["x", w.Integers(0, -1)]), w.Weights(1, 60, 40)]), w.Weights(1, 40)])),
        ["reshape that moves, and batch normalization"] = () => One(13, [1, 4, 6, 3], w => w.Node(
            "BatchNormalization", [w.Node("Reshape", ["x", w.Integers(1, 8, 3, 3)]), W(w, 8), W(w, 8), W(w, 8), Positive(w, 8)])),
        ["squeeze, unsqueeze, attributes"] = () => One(11, [1, 20, 5, 5], w => w.Node("Relu", [w.Node(
            "Unsqueeze", [w.Node("Squeeze", [w.Node("GlobalAveragePool", ["x"])], ("axes", I(2, 3)))], ("axes", I(2, 3)))])),
        ["squeeze, unsqueeze, inputs"] = () => One(13, [1, 20, 5, 5], w => w.Node("Relu", [w.Node(
            "Unsqueeze", [w.Node("Squeeze", [w.Node("GlobalAveragePool", ["x"]), w.Integers(2, 3)]), w.Integers(2, -1)])])),
        ["flatten by computed shape"] = () => One(13, [1, 6, 2, 2], w =>
        {
            string batch = w.Node("Gather", [w.Node("Shape", ["x"]), w.Integers(0)], ("axis", 0));
            return w.Node("Relu", [w.Node("Reshape", ["x", w.Node("Concat", [batch, w.Integers(-1)], ("axis", 0))])]);
        }),
        ["softmax, old"] = () => One(11, [1, 5, 2, 3], w => w.Node("Softmax", ["x"], ("axis", 1))),
        ["softmax, channels"] = () => One(13, [1, 20, 4, 3], w => w.Node("Softmax", ["x"], ("axis", 1))),
        ["softmax, last axis"] = () => One(13, [1, 20, 4, 3], w => w.Node("Softmax", ["x"])),
        ["log softmax"] = () => One(13, [1, 20], w => w.Node("LogSoftmax", ["x"], ("axis", -1))),
        ["identity, dropout"] = () => One(13, [1, 3, 5, 5], w =>
            w.Node("Relu", [w.Node("Dropout", [w.Node("Identity", [w.Node("Conv", ["x", w.Weights(1, 5, 3, 3, 3)])])])])),
        ["pad, zeros, before a convolution"] = () => One(13, [1, 3, 9, 9], w => w.Node("Conv", [
            w.Node("Pad", ["x", w.Integers(0, 0, 2, 1, 0, 0, 0, 3)]), w.Weights(1, 5, 3, 3, 3)], ("pads", I(1, 1, 1, 1)))),
        ["pad, zeros, read twice"] = () => One(13, [1, 3, 9, 9], w =>
        {
            string padded = w.Node("Pad", ["x", w.Integers(0, 0, 2, 1, 0, 0, 0, 3)]);
            return w.Node("Add", [w.Node("Conv", [padded, w.Weights(1, 3, 3, 1, 1)]), padded]);
        }),
        ["pad, number, channels too"] = () => One(13, [1, 3, 5, 6], w => w.Node("Pad", [
            "x", w.Integers(0, 1, 2, 1, 0, 2, 0, 3), w.Floats([0.5f])])),
        ["pad, reflect, attributes"] = () => One(7, [1, 3, 5, 6], w => w.Node("Pad", ["x"],
            ("pads", I(0, 0, 2, 1, 0, 0, 3, 3)), ("mode", "reflect"))),
        ["pad, edge, and cropped"] = () => One(13, [1, 3, 5, 6], w =>
            w.Node("Pad", ["x", w.Integers(0, 0, 2, -1, 0, 0, 3, 3)], ("mode", "edge"))),
        ["transpose that folds away"] = () => One(13, [1, 7, 1, 5], w =>
            w.Node("Relu", [w.Node("Transpose", ["x"], ("perm", I(0, 2, 1, 3)))])),
        ["transpose"] = () => One(13, [1, 3, 4, 5], w => w.Node("Transpose", ["x"], ("perm", I(0, 3, 1, 2)))),
        ["slice of channels"] = () => One(13, [1, 12, 4, 5], w => w.Node("Mul", [
            w.Node("Slice", ["x", w.Integers(0), w.Integers(6), w.Integers(1)]),
            w.Node("Sigmoid", [w.Node("Slice", ["x", w.Integers(-6), w.Integers(long.MaxValue), w.Integers(1)])])])),
        ["slice, every second"] = () => One(13, [1, 3, 8, 9], w => w.Node("Slice", [
            "x", w.Integers(1, -1), w.Integers(7, long.MinValue), w.Integers(2, 3), w.Integers(2, -2)])),
        ["shuffled channels"] = () => One(13, [1, 12, 4, 5], w => w.Node("Relu", [w.Node("Reshape", [w.Node(
            "Transpose", [w.Node("Reshape", ["x", w.Integers(1, 3, 4, 4, 5)])], ("perm", I(0, 2, 1, 3, 4))), w.Integers(1, 12, 4, 5)])])),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_Operator_IsThatOfOnnxRuntime(string name) => Assert.InRange(OrtPeer.Compare(Files[name](), Bound), 1, 4);

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(18)]
    [InlineData(21)]
    public void Read_EveryOpset_GivesTheSameBits(int opset)
    {
        float[]? bits = null;
        foreach (int version in (int[])[11, opset])
        {
            var writer = new OnnxWriter(version, [1, 3, 12, 12], seed: 4);
            string conv = writer.Node("Conv", ["x", writer.Weights(1, 8, 3, 3, 3)]);
            writer.Node("MaxPool", [writer.Node("Relu", [conv])], ("kernel_shape", I(2, 2)), ("strides", I(2, 2)));
            Network network = Network.Read(writer.ToFile());
            float[] result = new float[8 * 5 * 5];
            network.Plan().Run(OrtPeer.Image(network, 1), result);

            Assert.Equal(bits ??= result, result);
        }
    }

    [Fact]
    public void Read_OpenHeightAndWidth_TakesTheCallers()
    {
        var writer = new OnnxWriter(13, [0, 3, 0, 0]);
        writer.Node("Conv", ["x", writer.Weights(1, 8, 3, 3, 3)]);
        byte[] file = writer.ToFile();

        Assert.Equal(1, OrtPeer.Compare(file, Bound, new NetworkOptions { Height = 14, Width = 11 }));
        Assert.Equal([1, 8, 12, 9], Network.Read(file, new NetworkOptions { Height = 14, Width = 11 }).Outputs[0].Shape);
        string refusal = Assert.Throws<NetworkException>(() => Network.Read(file)).Message;
        Assert.Contains("leaves its height open", refusal, StringComparison.Ordinal);
    }

    private static int[] I(params int[] numbers) => numbers;

    private static byte[] Conv(int[] input, int[] weights, params (string, object)[] settings) => One(11, input, w =>
        w.Node("Conv", ["x", w.Weights(0.3f, weights), w.Weights(1, weights[0])], settings));

    private static byte[] Pool(string name, int opset, params (string, object)[] settings) =>
        One(opset, [1, 21, 12, 16], w => w.Node(name, ["x"], settings));

    private static byte[] One(int opset, int[] input, Func<OnnxWriter, string> add)
    {
        var writer = new OnnxWriter(opset, input);
        _ = add(writer);
        return writer.ToFile();
    }

    private static string W(OnnxWriter writer, params int[] shape) => writer.Weights(1, shape);

    private static string W3(OnnxWriter writer) => writer.Weights(1, 3, 1, 1);

    private static string Positive(OnnxWriter writer, params int[] shape)
    {
        var random = new Random(3);
        return writer.Floats([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextSingle() + 0.5f)], shape);
    }
}
