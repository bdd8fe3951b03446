using System.CommandLine;
using LiveConv.Convolution;
using LiveConv.Networks;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>liveconv network FILE</c>: what a trained network consists of, and what it costs.</summary>
internal static class NetworkCommand
{
    private const string Description = """
        Show the layers of a trained network, an .onnx file: what each computes in one pass, shapes, weights, the equation of its output,
        multiply-adds, what a value sees of the image, and the time of each on this machine.

        Examples:
          liveconv network resnet18.onnx
          liveconv network net.onnx --size 320x240      where the file leaves the image's size open
          liveconv network net.onnx --threads 1 --json

        Exit codes: 0 done, 1 the file is no network that LiveConv runs, 2 usage.
        """;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An .onnx file" };
        Option<(int Width, int Height)?> size = Options.Of<(int, int)?>(
            "--size", "WxH", "a size such as 224x224, each side 1 to 8192", "Size of the image, where the file leaves it open",
            LiveOptions.ReadSize);
        Option<int?> threads = Options.Whole(
            "--threads", "a whole number from 1 to 256", "Threads that compute [all processors]", min: 1, max: 256);
        Option<bool> json = ResultsJson.Flag();
        var command = new Command("network", Description) { file, size, threads, json };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(file), parsed.GetValue(size), parsed.GetValue(threads), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, (int Width, int Height)? size, int? threads, bool isJson)
    {
        Network network = OnnxFile.Read("FILE", path, size);
        using var workers = new WorkerPool(threads);
        var times = NetworkTimes.Measure(network, workers);
        if (isJson)
        {
            ResultsJson.Print(Result(network, times), ResultsJson.Default.NetworkResult);
            return ExitCode.Done;
        }

        foreach (string line in NetworkTable.Lines(network, times, TerminalWidth.Columns))
        {
            Console.Out.WriteLine(TextLine.Of(line));
        }

        return ExitCode.Done;
    }

    private static NetworkResult Result(Network network, NetworkTimes times) => new(
        network.Name, network.Producer, network.Opset, network.Outputs, network.Parameters, network.MultiplyAdds, times.Threads,
        times.Run.TotalMilliseconds,
        [
            .. network.Layers.Select(layer => new NetworkLayerResult(
                layer.Index, layer.Name, layer.Operators, layer.Inputs, layer.Shape, layer.Parameters, layer.MultiplyAdds,
                times.Layers[layer.Index].TotalMilliseconds, layer.Window, layer.Field)),
        ]);
}
