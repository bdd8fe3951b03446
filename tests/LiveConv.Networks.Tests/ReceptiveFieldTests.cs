namespace LiveConv.Networks.Tests;

/// <summary>What a unit depends on, found by changing one pixel after the other.</summary>
public class ReceptiveFieldTests
{
    [Fact]
    public void Field_EveryLayer_IsThePixelsThatChangeItsUnits()
    {
        var writer = new OnnxWriter(13, [1, 2, 29, 40]);
        string Conv(string from, int inputs, int side, int stride, int pad, int dilation = 1) => writer.Node(
            "Conv", [from, Positive(writer, 3, inputs, side, side)], ("strides", (int[])[stride, stride]),
            ("pads", (int[])[pad, pad, pad, pad]), ("dilations", (int[])[dilation, dilation]));
        string first = Conv("x", 2, 3, 2, 1);
        string pooled = writer.Node("AveragePool", [first], ("kernel_shape", (int[])[2, 3]), ("strides", (int[])[1, 2]));
        string deep = Conv(pooled, 3, 3, 1, 1);
        string sum = writer.Node("Add", [deep, writer.Node("Sigmoid", [pooled])]);
        string padded = writer.Node("Pad", [sum, writer.Integers(0, 0, 2, 1, 0, 0, 0, 0), writer.Floats([0.5f])]);
        _ = writer.Node("Concat", [Conv(padded, 3, 2, 2, 0), Conv(padded, 3, 1, 2, 0)], ("axis", 1));
        Network network = Network.Read(writer.ToFile());
        NetworkRunner runner = network.Plan(keepsOutputs: true);
        float[] image = OrtPeer.Image(network, 3);
        runner.Run(image);
        float[][] before = [.. network.Layers.Select(layer => OrtPeer.Output(runner, layer.Index))];
        var seen = new HashSet<(int Layer, int Unit, int Pixel)>();
        for (int row = 0; row < 29; row++)
        {
            float[] changed = [.. image];
            changed[row * 40 + 20] += 50;
            runner.Run(changed);
            foreach (NetworkLayer layer in network.Layers)
            {
                float[] after = OrtPeer.Output(runner, layer.Index);
                for (int i = 0; i < after.Length; i++)
                {
                    _ = after[i] != before[layer.Index][i] && seen.Add((layer.Index, i / layer.Width % layer.Height, row));
                }
            }
        }

        foreach (NetworkLayer layer in network.Layers)
        {
            FieldAxis field = layer.Field.Rows;
            for (int unit = 0; unit < layer.Height; unit++)
            {
                int[] pixels = [.. seen.Where(s => s.Layer == layer.Index && s.Unit == unit).Select(s => s.Pixel)];
                long start = field.Offset + unit * field.Stride;

                Assert.All(pixels, pixel => Assert.InRange(pixel, start, start + field.Size - 1));
                if (start >= 0 && start + field.Size <= 29)
                {
                    Assert.Equal((start, start + field.Size - 1), (pixels.Min(), pixels.Max()));
                }
            }
        }
    }

    private static string Positive(OnnxWriter writer, params int[] shape) =>
        writer.Floats([.. Enumerable.Repeat(0.1f, shape.Aggregate(1, (a, b) => a * b))], shape);
}
