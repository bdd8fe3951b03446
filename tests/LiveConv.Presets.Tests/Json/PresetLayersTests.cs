using System.Text;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets.Tests;

public class PresetLayersTests
{
    [Fact]
    public void Parse_Layers_AreTakenWithEveryMember()
    {
        Preset preset = Parse("""
            { "version": 1, "name": "S", "border": "wrap", "response": "positive", "gain": 0.5, "before": "zero",
              "layers": [
                { "name": "gradient", "kernels": [
                    { "weights": [[1, 0, -1]], "anchor": { "x": 2, "y": 0 }, "bias": 3 },
                    { "weights": [[1], [0], [-1]] } ],
                  "stride": 2, "dilation": 3, "border": "zero" },
                { "kernels": [ { "channels": [[[1]], [[2]]] }, { "from": 1, "weights": [[3]] } ], "padding": 4,
                  "merge": "thin", "activation": "threshold", "threshold": 9,
                  "pool": { "kind": "average", "size": 2 },
                  "upsample": { "kind": "transposed", "factor": 2, "weights": [[1, 2]], "anchor": { "x": 0, "y": 0 } } }
              ],
              "outputs": { "vertical": { "layer": 0 }, "horizontal": { "layer": 1, "map": 1, "response": "abs", "gain": 2 } } }
            """);

        LayerStack stack = preset.Stack!;
        Assert.Null(preset.Bank);
        Assert.Equal(TimeBorder.Zero, preset.Before);
        StackLayer first = stack.Layers[0];
        Assert.Equal(("gradient", 2, 3, BorderMode.Zero, null), (first.Name, first.Stride, first.Dilation, first.Border, first.Padding));
        Assert.Equal((2, 3f), (first.Filters[0].Terms[0].Kernel.AnchorX, first.Filters[0].Bias));
        StackLayer second = stack.Layers[1];
        Assert.Equal([0, 1], second.Filters[0].Terms.Select(term => term.Input));
        Assert.Equal(1, second.Filters[1].Terms.Single().Input);
        Assert.Equal(
            (BorderMode.Wrap, 4, Merge.Thin, Activation.Threshold, 9f),
            (second.Border, second.Padding, second.Merge, second.Activation, second.Threshold));
        Assert.Equal(new Pooling(PoolingMode.Average, 2, 2), second.Pooling);
        Assert.Equal(
            (UpsamplingMode.Transposed, 2, 0), (second.Upsampling!.Mode, second.Upsampling.Factor, second.Upsampling.Kernel!.AnchorX));
        Assert.Equal(new StackOutput(0, 0, Response.Positive, 0.5f), stack.Vertical);
        Assert.Equal(new StackOutput(1, 1, Response.Abs, 2), stack.Horizontal);
    }

    [Theory]
    [InlineData("correlation", 1, 2, 3)]
    [InlineData("convolution", 3, 2, 1)]
    public void Parse_KernelOverTime_WritesTheOldestFrameFirst(string operation, float oldest, float middle, float newest)
    {
        Preset preset = Parse($$"""
            { "version": 1, "name": "T", "operation": "{{operation}}", "vertical": [[[1]], [[2]], [[3]]], "horizontal": [[4]] }
            """);

        IReadOnlyList<KernelTerm> terms = preset.Stack!.Layers[0].Filters[0].Terms;
        Assert.Equal(3, preset.Stack.Frames);
        Assert.Equal(oldest, terms.Single(term => term.Input == 2).Kernel[0, 0]);
        Assert.Equal(middle, terms.Single(term => term.Input == 1).Kernel[0, 0]);
        Assert.Equal(newest, terms.Single(term => term.Input == 0).Kernel[0, 0]);
    }

    [Fact]
    public void Parse_LayersUnderConvolution_AreFlippedWithTheirAnchors()
    {
        Preset preset = Parse("""
            { "version": 1, "name": "C", "operation": "convolution",
              "layers": [ { "kernels": [ { "weights": [[1, 2, 3]], "anchor": { "x": 0, "y": 0 } } ] } ] }
            """);

        Kernel kernel = preset.Stack!.Layers[0].Filters[0].Terms[0].Kernel;
        Assert.Equal([3, 2, 1], kernel.Weights.ToArray());
        Assert.Equal(2, kernel.AnchorX);
    }

    [Theory]
    [InlineData("\"layers\": []", "line 1, $.layers: a stack has 1 to 8 layers, not 0")]
    [InlineData("\"layers\": [\n{}\n]", "line 2, $.layers[0]: the layer does nothing")]
    [InlineData("\"layers\": [\n{ \"kernels\": [] }\n]", "line 2, $.layers[0].kernels: a list of kernels has at least one")]
    [InlineData(
        "\"layers\": [\n{ \"kernels\": [\n{}\n] }\n]", "line 3, $.layers[0].kernels[0]: a kernel has weights or channels, one of the two")]
    [InlineData("\"layers\": [\n{ \"activation\": \"abs\",\n\"stride\": 0 }\n]", "line 3, $.layers[0].stride: a stride is 1 to 16, not 0")]
    [InlineData(
        "\"layers\": [{ \"activation\": \"abs\" },\n{ \"merge\": \"thin\" }\n]",
        "line 2, $.layers[1].merge: thin needs two maps, the gradient's x and y; there are 1")]
    [InlineData(
        "\"layers\": [{ \"activation\": \"abs\" },\n{ \"kernels\": [{\n\"from\": 1,\n\"weights\": [[1]] }] }]",
        "line 3, $.layers[1].kernels[0].from: there are 1 maps, counted from 0; there is no 1")]
    [InlineData(
        "\"layers\": [{ \"activation\": \"abs\" }],\n\"vertical\": [[1]]", "line 2, $.vertical: a preset has kernels or layers, not both")]
    [InlineData(
        "\"layers\": [{ \"activation\": \"abs\" },\n{ \"kernels\": [{ \"weights\": [[[1]],[[1]]] }] }]",
        "line 2, $.layers[1].kernels[0].weights: only the first layer sees more than one frame")]
    [InlineData(
        "\"layers\": [{ \"pool\": {\n\"kind\": \"mean\",\n\"size\": 2 } }]",
        "line 2, $.layers[0].pool.kind: this should be one of max, average")]
    [InlineData("\"layers\": [{ \"pool\": {\n\"kind\": \"max\" } }]", "line 1, $.layers[0].pool: missing: size")]
    [InlineData(
        "\"layers\": [{ \"upsample\": { \"kind\": \"nearest\",\n\"factor\": 9 } }]",
        "line 2, $.layers[0].upsample.factor: a factor is 2 to 8, not 9")]
    [InlineData(
        "\"layers\": [{ \"upsample\": { \"kind\": \"nearest\",\n\"factor\": 8 } }]",
        "line 1, $.layers[0].upsample: a map may be at most 4 times larger than the image")]
    [InlineData(
        "\"layers\": [{ \"stride\": 16,\n\"upsample\": { \"kind\": \"nearest\", \"factor\": 8 } }]",
        "line 1, $.layers[0].stride: a stride is of kernels, and this layer has none")]
    [InlineData(
        "\"layers\": [{ \"activation\": \"abs\" }],\n\"outputs\": { \"vertical\": { \"layer\": 0 },\n\"horizontal\": { \"layer\": 1 } }",
        "line 3, $.outputs.horizontal.layer: there are 1 layers, counted from 0; there is no 1")]
    [InlineData("\"vertical\": [[1]]", "line 1: a preset has vertical and horizontal kernels, or layers")]
    [InlineData(
        "\"vertical\": [[[1]], [[1, 2]]], \"horizontal\": [[1]]", "line 1, $.vertical[1]: frame 1 is 2x1, the frames before it 1x1")]
    [InlineData(
        "\"vertical\": [[1]], \"horizontal\": [[1, 2]],\n\"anchor\": { \"x\": 1, \"y\": 0 }",
        "line 1, $.vertical: the anchor 1,0 lies outside the kernel of 1x1")]
    public void Parse_Fault_IsRefusedWithItsPlace(string members, string message)
    {
        PresetException e = Assert.Throws<PresetException>(() => Parse($$"""{ "version": 1, "name": "S", {{members}} }"""));

        Assert.Equal("s.json, " + message, e.Message);
    }

    private static Preset Parse(string json) => PresetFile.Parse(Encoding.UTF8.GetBytes(json), "s.json");
}
