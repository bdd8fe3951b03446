using Google.Protobuf;
using LiveConv.Convolution;
using Microsoft.ML.OnnxRuntime;
using Onnx;

namespace LiveConv.Networks.Tests;

/// <summary>The same file run by ONNX Runtime, layer by layer.</summary>
internal static class OrtPeer
{
    /// <summary>Random numbers from -2 to 2.</summary>
    public static float[] Image(Network network, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, network.Layers[0].Length).Select(_ => random.NextSingle() * 4 - 2)];
    }

    /// <summary>
    /// Compares every layer's output, in units of that layer's largest one, and the bits of one, two and three threads.
    /// </summary>
    /// <param name="file">The .onnx file.</param>
    /// <param name="bound">How far outputs may be from one another.</param>
    /// <param name="options">How it is read.</param>
    /// <returns>How many layers were compared.</returns>
    public static int Compare(byte[] file, double bound, NetworkOptions? options = null)
    {
        Network network = Network.Read(file, options);
        float[] image = Image(network, 5);
        NetworkRunner runner = network.Plan(keepsOutputs: true);
        runner.Run(image);
        float[] result = Output(runner, network.Outputs[0].Layer);
        for (int threads = 2; threads <= 3; threads++)
        {
            using var workers = new WorkerPool(threads);
            float[] again = new float[result.Length];
            network.Plan().Run(image, again, workers);
            Assert.Equal(result, again);
        }

        NetworkLayer[] layers = [.. network.Layers.Skip(1).Where(layer => layer.Output.Length > 0)];
        Dictionary<string, float[]> theirs = Run(file, [.. layers.Select(layer => layer.Output)], network.Layers[0], image);
        foreach (NetworkLayer layer in layers)
        {
            float[] ours = Output(runner, layer.Index), expected = theirs[layer.Output];
            Assert.Equal(expected.Length, ours.Length);
            double largest = Math.Max(expected.Max(Math.Abs), 1e-3);
            double error = ours.Zip(expected, (a, b) => a.Equals(b) ? 0 : Math.Abs(a - (double)b)).Max();
            Assert.True(
                error <= bound * largest,
                $"layer {layer.Index}, {layer.Name} ({string.Join(" + ", layer.Operators)}): {error / largest:G3} of the largest, "
                + $"{largest:G3}");
        }

        return layers.Length;
    }

    public static float[] Output(NetworkRunner runner, int layer)
    {
        float[] values = new float[runner.Network.Layers[layer].Length];
        runner.CopyOutput(layer, values);
        return values;
    }

    private static Dictionary<string, float[]> Run(byte[] file, string[] names, NetworkLayer input, float[] image)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        foreach (string name in names.Except(model.Graph.Output.Select(output => output.Name)))
        {
            model.Graph.Output.Add(new ValueInfoProto { Name = name });
        }

        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        using var session = new InferenceSession(model.ToByteArray(), options);
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(image, [.. input.Shape.Select(length => (long)length)]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(
            run, new Dictionary<string, OrtValue> { [input.Output] = x }, names);
        return names.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }
}
