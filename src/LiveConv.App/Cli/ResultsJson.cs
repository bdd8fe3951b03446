using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LiveConv.Networks;

namespace LiveConv.App;

/// <summary>What <c>verify --json</c> reports of a recording.</summary>
/// <param name="File">The recording.</param>
/// <param name="Good">Whether it is what its notes say.</param>
/// <param name="Frames">Frames that decode; null when the file cannot be read.</param>
/// <param name="Seconds">Time of the last frame.</param>
/// <param name="WorstErrorMs">The largest difference between a frame's time and its note.</param>
/// <param name="LongestGapMs">The longest time between two frames.</param>
/// <param name="Missing">Frames that are noted as missing, by cause.</param>
/// <param name="Faults">Where file and notes differ, or why the file cannot be read.</param>
internal sealed record VerifyResult(
    string File, bool Good, int? Frames, double? Seconds, double? WorstErrorMs, double? LongestGapMs,
    IReadOnlyDictionary<string, long>? Missing, IReadOnlyList<string> Faults);

/// <summary>What <c>learn --json</c> reports.</summary>
/// <param name="Kernel">The weights, row by row.</param>
/// <param name="Loss">The mean squared error that is left.</param>
/// <param name="Steps">The number of steps.</param>
/// <param name="Minimum">Whether the minimum was reached.</param>
internal sealed record LearnResult(double[][] Kernel, double Loss, int Steps, bool Minimum);

/// <summary>What <c>train --json</c> reports.</summary>
/// <param name="File">The network.</param>
/// <param name="Labels">The classes.</param>
/// <param name="Examples">All images.</param>
/// <param name="Epochs">The epochs that were made.</param>
/// <param name="Best">The one whose network is in the file, from 1.</param>
/// <param name="Stopped">Whether training stopped early.</param>
/// <param name="Loss">Mean cross-entropy of what was learned from, in that epoch.</param>
/// <param name="Accuracy">The fraction of it that was recognised.</param>
/// <param name="ValidationLoss">Mean cross-entropy of what was measured with; null when there was nothing.</param>
/// <param name="ValidationAccuracy">The fraction of it that was recognised.</param>
internal sealed record TrainResult(
    string File, IReadOnlyList<string> Labels, int Examples, int Epochs, int Best, bool Stopped, double Loss, double Accuracy,
    double? ValidationLoss, double? ValidationAccuracy);

/// <summary>What <c>conv --json</c> reports.</summary>
internal sealed record ConvResult(
    string Operation, string Convention, int[] Input, int[]? Weight, int[]? Bias, int[] Output, string Dtype, string Equation);

/// <summary>What <c>explain --json</c> reports of one kernel at one place.</summary>
/// <param name="Title">What is explained.</param>
/// <param name="Row">The row of the output.</param>
/// <param name="Column">The column of the output.</param>
/// <param name="Window">The values under the kernel.</param>
/// <param name="Inside">False for values from outside of the image.</param>
/// <param name="Kernel">The weights as they are applied.</param>
/// <param name="Products">Window times kernel.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Pixel">What the screen shows; null for a lone kernel and for layers.</param>
internal sealed record ExplainResult(
    string Title, int Row, int Column, double[][] Window, bool[][] Inside, double[][] Kernel, double[][] Products, double Sum,
    double? Pixel);

/// <summary>What <c>network --json</c> reports.</summary>
/// <param name="Name">The file's name for the network; may be empty.</param>
/// <param name="Producer">The program that wrote the file; may be empty.</param>
/// <param name="Opset">The version of ONNX's operators.</param>
/// <param name="Outputs">What the file calls its outputs.</param>
/// <param name="Parameters">Weights and biases.</param>
/// <param name="MultiplyAdds">Of a run.</param>
/// <param name="Threads">Threads that were measured with.</param>
/// <param name="Milliseconds">Of a run: the median.</param>
/// <param name="Layers">The layers; the first is the input.</param>
internal sealed record NetworkResult(
    string Name, string Producer, int Opset, IReadOnlyList<NetworkOutput> Outputs, long Parameters, long MultiplyAdds,
    int Threads, double Milliseconds, IReadOnlyList<NetworkLayerResult> Layers);

/// <summary>What <c>network --json</c> reports of a layer.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Name">The file's name for it.</param>
/// <param name="Operators">ONNX's names of what it computes in one pass.</param>
/// <param name="Inputs">The layers that it reads.</param>
/// <param name="Shape">Of its output.</param>
/// <param name="Parameters">Weights and biases.</param>
/// <param name="MultiplyAdds">Of a run.</param>
/// <param name="Milliseconds">Of a run: the median.</param>
/// <param name="Window">The window that slides over the first input; null where none does.</param>
/// <param name="Field">The pixels of the input that one value depends on.</param>
internal sealed record NetworkLayerResult(
    int Index, string Name, IReadOnlyList<string> Operators, IReadOnlyList<int> Inputs, IReadOnlyList<int> Shape, long Parameters,
    long MultiplyAdds, double Milliseconds, NetworkWindow? Window, LayerField Field);

/// <summary>Prints results as JSON on standard output.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(IReadOnlyList<VerifyResult>))]
[JsonSerializable(typeof(IReadOnlyList<ExplainResult>))]
[JsonSerializable(typeof(LearnResult))]
[JsonSerializable(typeof(TrainResult))]
[JsonSerializable(typeof(ConvResult))]
[JsonSerializable(typeof(NetworkResult))]
internal sealed partial class ResultsJson : JsonSerializerContext
{
    /// <summary><c>--json</c>.</summary>
    public static System.CommandLine.Option<bool> Flag() => App.Options.Flag("--json", "Print the result as JSON");

    /// <summary>Prints one result.</summary>
    public static void Print<T>(T result, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(result, type));
}
