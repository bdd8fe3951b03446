using System.Buffers.Binary;
using System.Security.Cryptography;
using LiveConv.Convolution;
using LiveConv.Media;

namespace LiveConv.Training.Tests;

/// <summary>What training comes to: bits, ends, and what it refuses.</summary>
public class TrainerTests
{
    private static readonly MapShape Small = new(1, 24, 32);

    [Fact]
    public void Run_AnyNumberOfThreads_GivesTheSameStepsAndBits()
    {
        (TrainingStep[] steps, float[] alone) = Train(threads: null);
        foreach (int threads in (int[])[1, 2, 3])
        {
            (TrainingStep[] again, float[] values) = Train(threads);
            Assert.Equal(steps, again);
            Assert.Equal(alone, values);
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Adam, "8ba7874749deabe4")]
    [InlineData(OptimizerKind.Sgd, "d0932ae7a5523a1d")]
    public void Run_EveryMachine_LearnsTheseBits(OptimizerKind kind, string hash)
    {
        (_, float[] values) = Train(threads: 2, new TrainingOptions { Epochs = 2, Optimizer = kind });

        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
    }

    [Fact]
    public void Run_AnotherSeed_LearnsOtherBits() =>
        Assert.NotEqual(Train(null).Values, Train(null, new TrainingOptions { Epochs = 2, Seed = 2 }).Values);

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void Run_TwoPlainClasses_RecognisesThem(OptimizerKind kind)
    {
        ExampleSet examples = Stripes(60);
        var network = TrainingNetwork.Usual(examples.Shape, 2, seed: 3);

        var options = new TrainingOptions { Epochs = 12, BatchSize = 8, Optimizer = kind };
        TrainingStep[] steps = [.. new Trainer(network, examples, options).Run()];

        EpochSummary last = steps[^1].Summary!;
        Assert.Equal(TrainingState.Done, steps[^1].State);
        Assert.All(steps[..^1], step => Assert.Equal(TrainingState.Running, step.State));
        Assert.Equal(1, last.ValidationAccuracy);
        Assert.True(last.Loss < 0.2, $"loss {last.Loss}");
        Assert.Equal(steps.Length / 12, steps[0].Batches);
        var image = new float[examples.Shape.Length];
        for (int n = 0; n < examples.Count; n++)
        {
            examples.Fill(n, image);
            float[] scores = network.Scores(image);
            Assert.Equal(examples.LabelOf(n), scores[0] > scores[1] ? 0 : 1);
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 1e4)]
    [InlineData(OptimizerKind.Sgd, 30)]
    [InlineData(OptimizerKind.Adam, 1e6)]
    public void Run_RateTooHigh_SaysThatItDivergesAndKeepsTheBest(OptimizerKind kind, double rate)
    {
        ExampleSet examples = Scenes(60);
        var network = TrainingNetwork.Usual(Small, 3, seed: 1);
        float[] first = Values(network);

        TrainingStep[] steps = [.. new Trainer(
            network, examples, new TrainingOptions { Epochs = 6, BatchSize = 10, Optimizer = kind, Rate = rate }).Run()];

        Assert.Equal(TrainingState.Diverged, steps[^1].State);
        Assert.All(Values(network), value => Assert.True(float.IsFinite(value)));
        Assert.True(steps[^1].Epoch > 1 || Values(network).SequenceEqual(first));
    }

    [Fact]
    public void Run_NothingToLearn_StopsAfterItsPatienceWithTheBest()
    {
        var examples = new ExampleSet(new MapShape(1, 8, 8), ["a", "b"]);
        var random = new Random(1);
        byte[] pixels = new byte[64];
        for (int n = 0; n < 40; n++)
        {
            random.NextBytes(pixels);
            examples.Add(pixels, n % 2);
        }

        var network = TrainingNetwork.Usual(examples.Shape, 2, seed: 1);
        var options = new TrainingOptions { Epochs = 200, Patience = 4, Rate = 0.01 };
        TrainingStep[] steps = [.. new Trainer(network, examples, options).Run()];

        EpochSummary[] epochs = [.. steps.Where(step => step.Summary is not null).Select(step => step.Summary!)];
        Assert.Equal(TrainingState.Stopped, steps[^1].State);
        Assert.InRange(epochs.Length, 5, 199);
        Assert.True(epochs[^5].IsBest);
        Assert.All(epochs[^4..], epoch => Assert.False(epoch.IsBest));
        Assert.Equal(epochs.Min(epoch => epoch.ValidationLoss), epochs[^5].ValidationLoss);
    }

    [Fact]
    public void Trainer_Validation_KeepsTheFractionOfEveryClass()
    {
        var examples = new ExampleSet(new MapShape(1, 4, 4), ["a", "b"]);
        for (int n = 0; n < 22; n++)
        {
            examples.Add(new byte[16], n < 20 ? 0 : 1);
        }

        var network = TrainingNetwork.Usual(examples.Shape, 2, seed: 1);
        var trainer = new Trainer(network, examples, new TrainingOptions { Validation = 0.3 });

        Assert.Equal(7, trainer.Kept);
        Assert.Equal(15, trainer.Learned);
        var options = new TrainingOptions { Validation = 0, Epochs = 1 };
        var none = new Trainer(TrainingNetwork.Usual(examples.Shape, 2, seed: 1), examples, options);
        Assert.Equal((22, 0), (none.Learned, none.Kept));
        Assert.Null(none.Run().Last().Summary!.ValidationLoss);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        var one = new ExampleSet(new MapShape(1, 4, 4), ["a", "b"]);
        one.Add(new byte[16], 0);
        one.Add(new byte[16], 0);
        one.Add(new byte[16], 1);

        Assert.Contains(
            "class b has 1 of the 2", Message(() => new Trainer(TrainingNetwork.Usual(one.Shape, 2, 1), one)), StringComparison.Ordinal);
        Assert.Contains("3 scores", Message(() => new Trainer(TrainingNetwork.Usual(one.Shape, 3, 1), one)), StringComparison.Ordinal);
        Assert.Contains("FlattenLayer", Message(() => new TrainingNetwork(one.Shape, 1, new DenseLayer(2))), StringComparison.Ordinal);
        Assert.Contains("should give scores", Message(() => new TrainingNetwork(one.Shape, 1, new ReluLayer())), StringComparison.Ordinal);
        Assert.NotEmpty(Message(() => new ExampleSet(one.Shape, ["a"])));
        Assert.NotEmpty(Message(() => new ExampleSet(one.Shape, ["a", "a"])));
        Assert.NotEmpty(Message(() => new Trainer(
            TrainingNetwork.Usual(one.Shape, 2, 1), one, new TrainingOptions { Rate = double.NaN, Validation = 0 })));
        Assert.NotEmpty(Message(() => TrainingNetwork.Usual(new MapShape(1, 3, 3), 2, 1)));
        var shared = new ReluLayer();
        Assert.Contains("one network", Message(() => new TrainingNetwork(one.Shape, 1, shared, shared)), StringComparison.Ordinal);

        static string Message(Func<object> call) => Assert.ThrowsAny<ArgumentException>(() => { _ = call(); }).Message;
    }

    private static (TrainingStep[] Steps, float[] Values) Train(int? threads, TrainingOptions? options = null)
    {
        using WorkerPool? workers = threads is { } count ? new WorkerPool(count) : null;
        var network = TrainingNetwork.Usual(Small, 3, seed: 1);
        var trainer = new Trainer(network, Scenes(70), options ?? new TrainingOptions { Epochs = 2 }, workers);
        return ([.. trainer.Run()], Values(network));
    }

    private static float[] Values(TrainingNetwork network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static ExampleSet Scenes(int count)
    {
        var examples = new ExampleSet(Small, SceneExamples.Labels);
        var scenes = new SceneExamples(1);
        using var plane = new Plane<byte>(Small.Width, Small.Height);
        byte[] pixels = new byte[Small.Length];
        for (int n = 0; n < count; n++)
        {
            scenes.Draw(n, plane.View);
            plane.View.CopyTo(new PlaneView<byte>(pixels, Small.Width, Small.Height, Small.Width));
            examples.Add(pixels, SceneExamples.LabelOf(n));
        }

        return examples;
    }

    // Stripes across and down.
    private static ExampleSet Stripes(int count)
    {
        var examples = new ExampleSet(new MapShape(1, 16, 16), ["across", "down"]);
        var random = new Random(2);
        for (int n = 0; n < count; n++)
        {
            int phase = random.Next(4), noise = random.Next(1, 60);
            byte[] pixels = [.. Enumerable.Range(0, 256).Select(
                i => (byte)((((n % 2 == 0 ? i / 16 : i % 16) + phase) / 2 % 2 * 150) + random.Next(noise)))];
            examples.Add(pixels, n % 2);
        }

        return examples;
    }
}
