using System.Text.Json;

namespace LiveConv.App.Tests;

/// <summary><c>liveconv network</c>.</summary>
public sealed class NetworkCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Network_Layers_AreDescribedWithinEightyColumns()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("network", Written([1, 3, 20, 30]), "--threads", "1");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.All(ended.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("input x 1x3x20x30; output", ended.Output, StringComparison.Ordinal);
        Assert.Contains("  1 Conv_0: Conv + Relu, of the input\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("224 parameters, 30,240 multiply-adds", ended.Output, StringComparison.Ordinal);
        Assert.Contains("height: floor((20 + 2*1 - 1*(3 - 1) - 1) / 2) + 1 = 10\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("width: floor((30 + 2*0 - 1*(3 - 1) - 1) / 2) + 1 = 14\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("a value sees 3x3 pixels, its neighbour those 2 on", ended.Output, StringComparison.Ordinal);
        Assert.Contains("total: 2 layers, 224 parameters", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Network_OpenSizeAsJson_HasTheNumbers()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("network", Written([0, 3, 0, 0]), "--size", "30x20", "--json");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        using var document = JsonDocument.Parse(ended.Output);
        JsonElement layer = document.RootElement.GetProperty("layers")[1];
        Assert.Equal([1, 8, 10, 14], layer.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()));
        Assert.Equal(3, layer.GetProperty("field").GetProperty("rows").GetProperty("size").GetInt32());
        Assert.True(layer.GetProperty("milliseconds").GetDouble() > 0);
        Assert.Equal(224, document.RootElement.GetProperty("parameters").GetInt32());
    }

    [Fact]
    public async Task Network_NotRun_IsOneLine()
    {
        string open = Written([0, 3, 0, 0]);
        string missing = Path.Combine(folder.FullName, "none.onnx");
        string broken = Path.Combine(folder.FullName, "broken.onnx");
        File.WriteAllText(broken, "no network");
        (string File, string Says)[] all =
            [(open, "the size must be chosen (--size WxH)"), (missing, "none.onnx"), (broken, "no whole ONNX file")];
        foreach ((string file, string says) in all)
        {
            LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("network", file);

            Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
            Assert.Contains(says, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        }
    }

    private string Written(int[] input)
    {
        var writer = new OnnxWriter(13, input);
        string conv = writer.Node(
            "Conv", ["x", writer.Weights(1, 8, 3, 3, 3), writer.Weights(1, 8)], ("strides", (int[])[2, 2]), ("pads", (int[])[1, 0, 1, 0]));
        writer.Node("GlobalAveragePool", [writer.Node("Relu", [conv])]);
        string path = Path.Combine(folder.FullName, "net.onnx");
        File.WriteAllBytes(path, writer.ToFile());
        return path;
    }
}
