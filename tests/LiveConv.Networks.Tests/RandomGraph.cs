namespace LiveConv.Networks.Tests;

/// <summary>A random graph of the operators that LiveConv knows, over a small image.</summary>
internal static class RandomGraph
{
    public static byte[] Of(int seed)
    {
        var random = new Random(seed);
        int channels = random.Next(1, 40);
        var writer = new OnnxWriter(14, [1, channels, random.Next(6, 20), random.Next(6, 20)], seed);
        var values = new List<(string Name, int Channels)> { ("x", channels) };
        int count = random.Next(2, 12);
        for (int i = 0; i < count; i++)
        {
            values.Add(Next(random, writer, values));
        }

        if (random.Next(2) == 0)
        {
            (string name, int inputs) = values[^1];
            string dense = writer.Node("Flatten", [writer.Node("GlobalAveragePool", [name])]);
            writer.Node("Softmax", [writer.Node("Gemm", [dense, writer.Weights(0.5f, inputs, 7), writer.Weights(1, 7)])], ("axis", 1));
        }

        return writer.ToFile();
    }

    // All images of a graph have the same height and width, so that any two can be put together.
    private static (string Name, int Channels) Next(Random random, OnnxWriter writer, List<(string Name, int Channels)> values)
    {
        (string name, int channels) = values[random.Next(3) == 0 ? random.Next(values.Count) : ^1];
        (string Name, int Channels)[] same = [.. values.Where(value => value.Channels == channels)];
        string other = same[random.Next(same.Length)].Name;
        return random.Next(14) switch
        {
            0 or 1 or 2 => Conv(random, writer, name, channels),
            3 => (writer.Node("Relu", [name]), channels),
            4 => (writer.Node("Clip", [name, writer.Floats([-0.7f]), writer.Floats([0.8f])]), channels),
            5 => (writer.Node("LeakyRelu", [name], ("alpha", 0.3f)), channels),
            6 => (writer.Node(random.Next(2) == 0 ? "HardSwish" : "Sigmoid", [name]), channels),
            7 => (writer.Node("MaxPool", [name], ("kernel_shape", (int[])[3, 3]), ("pads", (int[])[1, 1, 1, 1])), channels),
            8 => (writer.Node(
                "AveragePool", [name], ("kernel_shape", (int[])[3, 5]), ("pads", (int[])[1, 2, 1, 2]),
                ("count_include_pad", random.Next(2))),
                channels),
            9 => (writer.Node("BatchNormalization", [
                name, writer.Weights(1, channels), writer.Weights(1, channels), writer.Weights(1, channels),
                writer.Floats([.. Enumerable.Repeat(0.8f, channels)], channels)]), channels),
            10 => (writer.Node(random.Next(2) == 0 ? "Add" : "Sub", [name, other]), channels),
            11 => (writer.Node("Mul", [name, writer.Node("Sigmoid", [writer.Node("GlobalAveragePool", [other])])]), channels),
            12 when channels < 60 => (writer.Node("Concat", [name, other, name], ("axis", 1)), 3 * channels),
            _ => (writer.Node("Add", [writer.Node("Mul", [name, writer.Weights(1, channels, 1, 1)]), writer.Floats([0.25f])]), channels),
        };
    }

    private static (string Name, int Channels) Conv(Random random, OnnxWriter writer, string name, int channels)
    {
        int kernel = random.Next(1, 4);
        int dilation = random.Next(1, 3);
        int reach = (kernel - 1) * dilation;
        int groups = random.Next(3) == 0 ? channels : channels % 3 == 0 && random.Next(2) == 0 ? 3 : 1;
        int outputs = groups * random.Next(1, Math.Max(2, 40 / groups));
        float scale = 1.5f / MathF.Sqrt(channels / groups * kernel * kernel);
        string[] inputs = [name, writer.Weights(scale, outputs, channels / groups, kernel, kernel)];
        inputs = random.Next(2) == 0 ? inputs : [.. inputs, writer.Weights(0.5f, outputs)];
        int[] pads = [reach / 2, reach - reach / 2, reach - reach / 2, reach / 2];
        return (writer.Node("Conv", inputs, ("pads", pads), ("dilations", (int[])[dilation, dilation]), ("group", groups)), outputs);
    }
}
