using System.Reflection;
using LiveConv.Convolution;
using LiveConv.Networks;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LiveConv.Benchmarks;

/// <summary>A trained ResNet-18 from an image of 224x224 to its 512 features: ours, and ONNX Runtime's.</summary>
internal sealed class NetworkRace : IDisposable
{
    private const int Side = 224;
    private const int Features = 512;

    private readonly WorkerPool workers;
    private readonly float[] image;
    private readonly float[] ours = new float[Features];
    private readonly float[] theirs = new float[Features];
    private readonly NetworkRunner runner;
    private readonly InferenceSession session;
    private readonly OrtValue input;
    private readonly OrtValue output;
    private readonly RunOptions options = new();

    /// <summary>Loads the network twice.</summary>
    /// <param name="workers">Our threads; ONNX Runtime gets as many of its own.</param>
    /// <param name="spins">Whether threads of ONNX Runtime look for work for a while after a run, as they do by default.</param>
    public NetworkRace(WorkerPool workers, bool spins)
    {
        this.workers = workers;
        var random = new Random(1);
        image = [.. Enumerable.Range(0, 3 * Side * Side).Select(_ => random.NextSingle() * 4 - 2)];
        string path = typeof(NetworkRace).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "ResNet18").Value!;
        runner = Network.Read(path).Plan();
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = workers.Threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", spins ? "1" : "0");
        session = new InferenceSession(path, settings);
        input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, Side, Side]);
        output = OrtValue.CreateTensorValueFromMemory(theirs, [1, Features, 1, 1]);
    }

    /// <summary>The peer and its version.</summary>
    public static string PeerVersion => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    public Contender<int> Peer => new("ONNX Runtime", "features", _ => session.Run(
        options, session.InputNames, [input], session.OutputNames, [output]));

    public Contender<int> Ours => new("LiveConv", "features", _ => runner.Run(image, ours, workers)) { Error = ErrorOf };

    public void Dispose()
    {
        options.Dispose();
        input.Dispose();
        output.Dispose();
        session.Dispose();
    }

    // How far the features are from one another, in units of the largest.
    private double ErrorOf()
    {
        Peer.Run(0);
        return ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max() / theirs.Max(Math.Abs);
    }
}
