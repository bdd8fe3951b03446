namespace LiveConv.Networks.Tests;

/// <summary>A network that others trained.</summary>
public class ResNet18Tests
{
    [Fact]
    public void Run_EveryLayer_IsThatOfOnnxRuntime() => Assert.Equal(24, OrtPeer.Compare(ResNet18.Content, 2e-5));

    [Fact]
    public void Read_ResNet18_IsDescribedAsItIsComputed()
    {
        Network network = Network.Read(ResNet18.Path);

        Assert.Equal(8, network.Opset);
        Assert.Equal(25, network.Layers.Count);
        NetworkLayer first = network.Layers[1];
        Assert.Equal(["Conv", "BatchNormalization", "Relu"], first.Operators);
        Assert.Equal([1, 64, 112, 112], first.Shape);
        Assert.Equal([64, 3, 7, 7], first.WeightShape);
        Assert.Equal(64 * 3 * 49, first.Weights.Length);
        Assert.Equal(64 * 3 * 49 + 64, first.Parameters);
        Assert.Equal(64L * 112 * 112 * 3 * 49, first.MultiplyAdds);
        Assert.Equal(new FieldAxis(7, 2, -3), first.Field.Rows);
        Assert.Equal(new WindowAxis(224, 7, 2, 1, 3, 2), first.Window!.Columns);

        // Every output channel has one weight for each product of a pixel.
        Assert.Equal(2_044_772_352, network.MultiplyAdds);
        Assert.Equal(network.MultiplyAdds, network.Layers.Sum(layer => (long)layer.Weights.Length * layer.Height * layer.Width));
        Assert.Equal(32, network.Layers[^2].Field.Rows.Stride);
        Assert.Equal([1, 512, 1, 1], network.Outputs[0].Shape);
        Assert.Equal(9, network.Layers.Count(layer => layer.Inputs.Count == 2));
    }

    [Fact]
    public void CopyPlane_OfALayer_IsThatPartOfItsOutput()
    {
        Network network = Network.Read(ResNet18.Content);
        NetworkRunner runner = network.Plan(keepsOutputs: true);
        runner.Run(OrtPeer.Image(network, 2));
        float[] all = OrtPeer.Output(runner, 3), plane = new float[56 * 56];

        runner.CopyPlane(3, 17, plane);

        Assert.Equal(all[(17 * 56 * 56)..(18 * 56 * 56)], plane);
        Assert.Contains(plane, value => value != 0);
        Assert.True(runner.TimeOf(3) > TimeSpan.Zero);
        Assert.Throws<InvalidOperationException>(() => network.Plan().CopyPlane(3, 17, plane));
    }
}
