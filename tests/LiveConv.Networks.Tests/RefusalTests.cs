using Google.Protobuf;
using Onnx;

namespace LiveConv.Networks.Tests;

/// <summary>Files that LiveConv does not run, and what it says of them.</summary>
public class RefusalTests
{
    private static readonly Dictionary<string, (Action<OnnxWriter> Change, string Message)> Cases = new()
    {
        ["unknown operator"] = (w => w.Node("LSTM", ["nothing"]), "node 'LSTM_1' (LSTM) is an operator LiveConv does not know"),
        ["other domain"] = (
            w => w.Model.Graph.Node[0].Domain = "com.microsoft", "(Conv) is an operator of com.microsoft LiveConv does not know"),
        ["old opset"] = (w => w.Model.OpsetImport[0].Version = 6, "version 6 of ONNX's operators (opset); LiveConv reads 7 to 21"),
        ["new opset"] = (w => w.Model.OpsetImport[0].Version = 22, "LiveConv reads 7 to 21"),
        ["no opset"] = (w => w.Model.OpsetImport.Clear(), "does not say which version"),
        ["external data"] = (
            w => w.Model.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External,
            "the tensor 'w0' is in another file (external data)"),
        ["two inputs"] = (w => w.Model.Graph.Input.Add(new ValueInfoProto { Name = "z" }), "2 inputs"),
        ["a batch"] = (w => Input(w).Shape.Dim[0].DimValue = 4, "takes 4 images at once"),
        ["integers"] = (w => Input(w).ElemType = 7, "numbers of type 7"),
        ["open channels"] = (w => Input(w).Shape.Dim[1].DimParam = "c", "leaves its channels open"),
        ["three axes"] = (w => Input(w).Shape.Dim.RemoveAt(3), "has 3 axes"),
        ["channels that do not fit"] = (
            w => Input(w).Shape.Dim[1].DimValue = 5, "node 'Conv_0' (Conv): it takes 3 channels; its input has 5"),
        ["too small an image"] = (w => Input(w).Shape.Dim[2].DimValue = 2, "node 'Conv_0' (Conv): floor((input 2"),
        ["missing weights"] = (w => w.Model.Graph.Initializer.RemoveAt(0), "it reads 'w0', which nothing before it computes"),
        ["fewer weights than the shape says"] = (w => w.Model.Graph.Initializer[0].Dims[0] = 6, "should have"),
        ["a shape beyond all memory"] = (w => w.Model.Graph.Initializer[0].Dims[0] = 1L << 40, "an axis of length"),
        ["an output that nobody computes"] = (
            w => w.Model.Graph.Output.Add(new ValueInfoProto { Name = "q" }), "the output 'q' is not computed"),
        ["a huge stride"] = (
            w => w.Node("MaxPool", ["t0"], ("kernel_shape", (int[])[1, 1]), ("strides", (int[])[1, int.MaxValue])), "strides has"),
        ["pads beyond all memory"] = (
            w => w.Node("Conv", ["t0", w.Weights(1, 40, 4, 1, 1)], ("pads", (int[])[60000, 60000, 60000, 60000])),
            "multiply-adds, the limit"),
        ["a division by an image"] = (w => w.Node("Div", [w.Floats([1]), "t0"]), "divides by what comes from the image"),
        ["a loop"] = (w => w.Node("Add", ["t0", "t1"]), "it reads 't1', which nothing before it computes"),
        ["a name twice"] = (w => w.Model.Graph.Node.Add(w.Model.Graph.Node[0].Clone()), "the name 't0' stands for two things"),
        ["a name of control characters"] = (w => w.Node("\u001b[2J\nbell", ["t0"]), "(?[2J?bell) is an operator"),
        ["a mean over channels"] = (w => w.Node("ReduceMean", ["t0"], ("axes", (int[])[1])), "LiveConv takes it over height and width"),
        ["two shapes"] = (
            w => w.Node("Add", ["t0", w.Node("MaxPool", ["t0"], ("kernel_shape", (int[])[2, 2]))]), "LiveConv combines equal shapes"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_WhatLiveConvDoesNotRun_IsRefusedInOneLine(string name)
    {
        OnnxWriter writer = Plain();
        Cases[name].Change(writer);

        NetworkException e = Assert.Throws<NetworkException>(() => Network.Read(writer.ToFile()));

        Assert.Contains(Cases[name].Message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Read_NoOnnxFile_IsRefused()
    {
        Assert.Throws<NetworkException>(() => Network.Read(Array.Empty<byte>()));
        Assert.Throws<NetworkException>(() => Network.Read("not a network at all"u8.ToArray()));
        byte[] file = Plain().ToFile();
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<NetworkException>(() => Network.Read(file.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Read_BeyondALimit_IsRefused()
    {
        byte[] file = Plain().ToFile();
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a.onnx");
        File.WriteAllBytes(path, file);

        AssertRefused("of at most 100", () => Network.Read(path, new NetworkOptions { MaxFileBytes = 100 }));
        AssertRefused("of at most 100", () => Network.Read(file, new NetworkOptions { MaxFileBytes = 100 }));
        AssertRefused("of memory", () => Network.Read(file, new NetworkOptions { MaxMemoryBytes = 4000 }));
        AssertRefused("multiply-adds", () => Network.Read(file, new NetworkOptions { MaxMultiplyAdds = 1000 }));
        AssertRefused("not 9", () => Network.Read(file, new NetworkOptions { Height = 9 }));
    }

    // Two bytes of the file each; thousands of objects in memory would be the file's revenge.
    [Theory]
    [InlineData(1, "more than 10000 operators")]
    [InlineData(5, "more than 50000 tensors")]
    [InlineData(11, "more than 1000000 names")]
    public void Read_MillionsOfEmptyParts_AreRefusedEarly(int field, string message)
    {
        var graph = new byte[4 << 20];
        for (int i = 0; i < graph.Length; i += 2)
        {
            graph[i] = (byte)(field << 3 | 2);
        }

        using var file = new MemoryStream();
        using (var output = new CodedOutputStream(file, leaveOpen: true))
        {
            output.WriteTag(7, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(graph));
        }

        AssertRefused(message, () => Network.Read(file.ToArray()));
    }

    private static OnnxWriter Plain()
    {
        var writer = new OnnxWriter(13, [1, 3, 8, 8]);
        writer.Node("Conv", ["x", writer.Weights(1, 4, 3, 3, 3)]);
        return writer;
    }

    private static TypeProto.Types.Tensor Input(OnnxWriter writer) => writer.Model.Graph.Input[0].Type.TensorType;

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.Throws<NetworkException>(action).Message, StringComparison.Ordinal);
}
