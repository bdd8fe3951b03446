using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Tests;

namespace LiveConv.Training.Tests;

/// <summary>
/// Losses, gradients and steps of random networks against torch's autograd and optimizers. LIVECONV_PEER_NETWORKS says how many networks,
/// LIVECONV_PEER_SEED which ones.
/// </summary>
public class NetworkPeerTests
{
    private const string Python = "/usr/bin/python3";
    private static readonly int Networks = Number("LIVECONV_PEER_NETWORKS", 300);
    private static readonly int Seed = Number("LIVECONV_PEER_SEED", 1);

    [SkippableFact]
    public void RandomNetworks_LossGradientsAndSteps_AgreeWithTorch()
    {
        Skip.IfNot(File.Exists(Python) && Run("-c", "import torch").ExitCode == 0, $"{Python} with torch is not installed");
        string cases = Path.GetTempFileName();
        try
        {
            using (var workers = new WorkerPool(2))
            {
                File.WriteAllLines(cases, Enumerable.Range(0, Networks).Select(n => Case(n, workers)));
            }

            (int exitCode, string output, string errors) =
                Run(RepositoryFiles.PathOf("tests", "LiveConv.Training.Tests", "networks.py"), cases);
            Assert.True(exitCode == 0, errors);
            string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Networks, lines.Length);
            for (int n = 0; n < lines.Length; n++)
            {
                using var document = JsonDocument.Parse(lines[n]);
                AssertBelow("loss", 1e-6);
                AssertBelow("gradient", 2e-5);
                AssertBelow("step", 2e-4);

                void AssertBelow(string what, double bound)
                {
                    double off = document.RootElement.GetProperty(what).GetDouble();
                    Assert.True(off <= bound, $"seed {Seed}, network {n}: the {what} differs by {off:e2} of its size");
                }
            }
        }
        finally
        {
            File.Delete(cases);
        }
    }

    private static string Case(int n, WorkerPool workers)
    {
        var one = new RandomNetwork((Seed * 1_000_000) + n);
        TrainingNetwork network = one.Network;
        string[] parameters = Packed(parameter => parameter.Values);
        double loss = network.LossGradients(one.Images, one.Labels, workers);
        string[] gradients = Packed(parameter => parameter.Gradient);
        OptimizerKind kind = n % 2 == 0 ? OptimizerKind.Adam : OptimizerKind.Sgd;
        var optimizer = Optimizer.Of(
            new TrainingOptions { Optimizer = kind, Rate = kind == OptimizerKind.Adam ? 0.01 : 0.05 }, network.Parameters);
        for (int step = 0; step < 3; step++)
        {
            optimizer.Step();
        }

        return JsonSerializer.Serialize(new
        {
            shape = new[] { one.Labels.Length, network.Input.Channels, network.Input.Height, network.Input.Width },
            images = Convert.ToBase64String(MemoryMarshal.AsBytes(one.Images.AsSpan())),
            labels = one.Labels,
            layers = one.Specs,
            parameters,
            loss,
            gradients,
            optimizer = kind.ToString(),
            stepped = Packed(parameter => parameter.Values),
        });

        string[] Packed(Func<Parameter, Span<float>> values) =>
            [.. network.Parameters.Select(parameter => Convert.ToBase64String(MemoryMarshal.AsBytes(values(parameter))))];
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
