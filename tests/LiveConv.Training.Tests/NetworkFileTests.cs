using System.Diagnostics;
using System.Globalization;
using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Networks;
using LiveConv.Tests;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LiveConv.Training.Tests;

/// <summary>Files of networks: what ONNX Runtime and onnx's own checker make of them, and the shipped one.</summary>
public sealed class NetworkFileTests
{
    private const string Python = "/usr/bin/python3";

    // Of probabilities: both sum some hundred products in single precision, in other orders.
    private const float Near = 2e-5f;

    private static readonly string Shipped = RepositoryFiles.PathOf("presets", "networks", "ball-or-bat.onnx");

    [Fact]
    public void Of_RandomNetworks_OnnxRuntimeComputesTheSame()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var one = new RandomNetwork(seed);
            string[] labels = [.. Enumerable.Range(0, one.Network.Classes).Select(n => $"class {n}")];

            using var session = new InferenceSession(NetworkFile.Of(one.Network, labels));
            float[] probabilities = Probabilities(session, one.Network.Input, one.Images, one.Labels.Length);

            Assert.Equal(string.Join('\n', labels), session.ModelMetadata.CustomMetadataMap[NetworkFile.LabelsKey]);
            float[] ours = [.. Enumerable.Range(0, one.Labels.Length).SelectMany(n => Softmax(
                one.Network.Scores(one.Images.AsSpan(n * one.Network.Input.Length, one.Network.Input.Length))))];
            Assert.All(ours.Zip(probabilities), pair => Assert.True(
                Math.Abs(pair.First - pair.Second) <= Near, $"seed {seed}: {pair.Second}, not {pair.First}"));
        }
    }

    [Fact]
    public void Of_SameNetwork_IsTheSameBytes() => Assert.Equal(
        NetworkFile.Of(new RandomNetwork(3).Network, Names(3)), NetworkFile.Of(new RandomNetwork(3).Network, Names(3)));

    [Fact]
    public void Of_NamesThatDoNotFit_AreRefused()
    {
        var network = TrainingNetwork.Usual(new MapShape(1, 8, 8), 2, 1);

        Assert.Throws<ArgumentException>(() => NetworkFile.Of(network, ["a"]));
        Assert.Throws<ArgumentException>(() => NetworkFile.Of(network, ["a", "b\nc"]));
    }

    [SkippableFact]
    public void Files_OnnxChecker_FindsNoFault()
    {
        Skip.IfNot(File.Exists(Python) && Run("-c", "import onnx").ExitCode == 0, $"{Python} with onnx is not installed");
        string folder = Directory.CreateTempSubdirectory("liveconv-onnx-").FullName;
        try
        {
            string[] files = [.. Enumerable.Range(0, 30).Select(seed => Path.Combine(folder, $"{seed}.onnx"))];
            for (int seed = 0; seed < files.Length; seed++)
            {
                File.WriteAllBytes(files[seed], NetworkFile.Of(new RandomNetwork(seed).Network, Names(seed)));
            }

            const string Check = "import onnx, sys\nfor f in sys.argv[1:]: onnx.checker.check_model(onnx.load(f), full_check=True)";
            (int exitCode, string errors) = Run(["-c", Check, Shipped, .. files]);

            Assert.True(exitCode == 0, errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void ShippedNetwork_ScenesOfAnotherSeed_RecognisesNineteenOfTwenty()
    {
        const int Count = 900;
        Assert.InRange(new FileInfo(Shipped).Length, 1000, 100_000);
        using var session = new InferenceSession(Shipped);
        Assert.Equal(string.Join('\n', SceneExamples.Labels), session.ModelMetadata.CustomMetadataMap[NetworkFile.LabelsKey]);
        ExampleSet scenes = Scenes(seed: 1000, Count);
        var images = new float[Count * scenes.Shape.Length];
        for (int n = 0; n < Count; n++)
        {
            scenes.Fill(n, images.AsSpan(n * scenes.Shape.Length, scenes.Shape.Length));
        }

        float[] probabilities = Probabilities(session, scenes.Shape, images, Count);

        int[] found = [.. probabilities.Chunk(3).Select(of => Array.IndexOf(of, of.Max()))];
        int[] ballOrBat = [.. probabilities.Chunk(3).Select(of => of[0] > of[1] ? 0 : 1)];
        int right = Enumerable.Range(0, Count).Count(n => found[n] == scenes.LabelOf(n));
        int apart = Enumerable.Range(0, Count).Count(n => scenes.LabelOf(n) < 2 && ballOrBat[n] == scenes.LabelOf(n));
        Assert.True(right >= 0.95 * Count, $"{right} of {Count} scenes");
        Assert.True(apart >= 0.95 * Count * 2 / 3, $"{apart} of {Count * 2 / 3} balls and bats");
    }

    [Fact]
    public void ShippedNetwork_ReadAgain_ComputesWhatOnnxRuntimeDoes()
    {
        using var session = new InferenceSession(Shipped);
        NetworkRunner runner = Network.Read(Shipped).Plan();
        ExampleSet scenes = Scenes(seed: 5, count: 30);
        var image = new float[scenes.Shape.Length];
        float[] result = new float[3];
        for (int n = 0; n < scenes.Count; n++)
        {
            scenes.Fill(n, image);
            runner.Run(image, result);
            Assert.All(result.Zip(Probabilities(session, scenes.Shape, image, 1)), pair => Assert.Equal(pair.Second, pair.First, Near));
        }
    }

    // Minutes: what `liveconv train --scene --output ball-or-bat.onnx` does.
    [SkippableFact]
    public void ShippedNetwork_TrainedAgain_IsTheSameFile()
    {
        Skip.IfNot(
            Environment.GetEnvironmentVariable("LIVECONV_TRAIN_SHIPPED") == "1", "trains for minutes; LIVECONV_TRAIN_SHIPPED=1 runs it");
        ExampleSet scenes = Scenes(seed: 1, count: 6000);
        var network = TrainingNetwork.Usual(scenes.Shape, 3, seed: 1);
        using var workers = new WorkerPool();

        TrainingStep last = new Trainer(network, scenes, new TrainingOptions { Epochs = 40 }, workers).Run().Last();

        Assert.NotEqual(TrainingState.Diverged, last.State);
        Assert.Equal(File.ReadAllBytes(Shipped), NetworkFile.Of(network, scenes.Labels));
    }

    private static ExampleSet Scenes(long seed, int count)
    {
        var examples = new ExampleSet(new MapShape(1, 48, 64), SceneExamples.Labels);
        var scenes = new SceneExamples(seed);
        using var plane = new Plane<byte>(64, 48);
        byte[] pixels = new byte[64 * 48];
        for (int n = 0; n < count; n++)
        {
            scenes.Draw(n, plane.View);
            plane.View.CopyTo(new PlaneView<byte>(pixels, 64, 48, 64));
            examples.Add(pixels, SceneExamples.LabelOf(n));
        }

        return examples;
    }

    private static float[] Probabilities(InferenceSession session, MapShape shape, float[] images, int count)
    {
        var input = new DenseTensor<float>(images, [count, shape.Channels, shape.Height, shape.Width]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs =
            session.Run([NamedOnnxValue.CreateFromTensor(session.InputMetadata.Keys.Single(), input)]);
        return [.. outputs.Single().AsEnumerable<float>()];
    }

    private static float[] Softmax(float[] scores)
    {
        double sum = scores.Sum(score => Math.Exp(score - scores.Max()));
        return [.. scores.Select(score => (float)(Math.Exp(score - scores.Max()) / sum))];
    }

    private static string[] Names(int seed) =>
        [.. Enumerable.Range(0, new RandomNetwork(seed).Network.Classes).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    private static (int ExitCode, string Errors) Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
