using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using LiveConv.Tests;

namespace LiveConv.Convolution.Tests;

/// <summary>
/// Every operation's gradients in random cases against torch's autograd. LIVECONV_PEER_CASES says how many cases an operation has,
/// LIVECONV_PEER_SEED which ones.
/// </summary>
public class GradientPeerTests
{
    private const string Python = "/usr/bin/python3";
    private static readonly int Cases = Number("LIVECONV_PEER_CASES", 100);
    private static readonly int Seed = Number("LIVECONV_PEER_SEED", 1);

    private static readonly Lazy<bool> HasTorch = new(() => File.Exists(Python) && Run("-c", "import torch").ExitCode == 0);

    [SkippableTheory]
    [InlineData("conv")]
    [InlineData("max_pool")]
    [InlineData("avg_pool")]
    [InlineData("linear")]
    [InlineData("relu")]
    [InlineData("cross_entropy")]
    public void Gradients_RandomCases_AgreeWithTorch(string operation)
    {
        Skip.IfNot(HasTorch.Value, $"{Python} with torch is not installed");
        string script = RepositoryFiles.PathOf("tests", "LiveConv.Convolution.Tests", "Gradients", "gradients.py");
        (int exitCode, string output, string errors) = Run(script, operation, $"{Seed}", $"{Cases}");
        Assert.True(exitCode == 0, errors);

        using var workers = new WorkerPool(2);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Cases, lines.Length);
        for (int n = 0; n < lines.Length; n++)
        {
            using var document = JsonDocument.Parse(lines[n]);
            JsonElement one = document.RootElement;
            foreach ((string of, Tensor<double> actual) in Compute(operation, one, workers))
            {
                JsonElement expected = of == "output" ? one.GetProperty("output") : one.GetProperty("gradients").GetProperty(of);
                AssertNear(expected, actual, $"{operation}, seed {Seed}, case {n}, {of} {one.GetProperty("options")}");
            }
        }
    }

    private static List<(string Of, Tensor<double> Actual)> Compute(string operation, JsonElement one, WorkerPool workers)
    {
        JsonElement options = one.GetProperty("options"), tensors = one.GetProperty("tensors");
        Tensor<double> input = Read(tensors.GetProperty("input")), given = Read(one.GetProperty("given"));
        Tensor<double> weight = tensors.TryGetProperty("weight", out JsonElement w) ? Read(w) : input;
        double[] bias = tensors.TryGetProperty("bias", out JsonElement b) ? GradientExample.Values(Read(b)) : [];
        switch (operation)
        {
            case "conv":
                var conv = new ConvOptions
                {
                    Stride = Numbers("stride"),
                    Padding = Padding.Of(Numbers("padding")),
                    Dilation = Numbers("dilation"),
                    Groups = options.GetProperty("groups").GetInt32(),
                };
                return [
                    ("input", Functional.Conv2DInputGradient<double>(given, weight, GradientExample.Shape(input), conv, workers)),
                    ("weight", Functional.Conv2DWeightGradient<double>(given, input, GradientExample.Shape(weight), conv, workers)),
                    ("bias", Functional.BiasGradient<double>(given))];
            case "max_pool":
                return [("input", Functional.MaxPool2DGradient<double>(given, input, Numbers("kernel"), Pool(), workers))];
            case "avg_pool":
                return [(
                    "input",
                    Functional.AvgPool2DGradient<double>(given, GradientExample.Shape(input), Numbers("kernel"), Pool(), workers))];
            case "linear":
                return [
                    ("output", Functional.Linear<double>(input, weight, bias, workers)),
                    ("input", Functional.LinearInputGradient<double>(given, weight, workers)),
                    ("weight", Functional.LinearWeightGradient<double>(given, input, workers)),
                    ("bias", Functional.BiasGradient<double>(given))];
            case "relu":
                return [("output", Functional.Relu<double>(input)), ("input", Functional.ReluGradient<double>(given, input))];
            default:
                (double loss, Tensor<double> gradient) = Functional.SoftmaxCrossEntropy<double>(input, Numbers("labels"));
                return [("output", Tensor.Create([loss], [1])), ("input", gradient)];
        }

        int[] Numbers(string name) => [.. options.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];

        PoolOptions Pool() => new()
        {
            Stride = PerAxis.Of(Numbers("stride")),
            Padding = Numbers("padding"),
            Dilation = options.TryGetProperty("dilation", out _) ? Numbers("dilation") : 1,
        };
    }

    private static Tensor<double> Read(JsonElement packed) => GradientExample.Of(
        MemoryMarshal.Cast<byte, double>(packed.GetProperty("data").GetBytesFromBase64()).ToArray(),
        packed.GetProperty("shape").GetArrayLength() == 0
            ? [1]
            : [.. packed.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())]);

    private static void AssertNear(JsonElement expected, Tensor<double> actual, string what)
    {
        Tensor<double> tensor = Read(expected);
        Assert.True(GradientExample.Shape(tensor).SequenceEqual(GradientExample.Shape(actual)), what);
        foreach ((double near, double got) in GradientExample.Values(tensor).Zip(GradientExample.Values(actual)))
        {
            Assert.True(Math.Abs(near - got) <= 1e-12 * (1 + Math.Abs(near)), $"{what}: {got:R}, not {near:R}");
        }
    }

    private static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
