using LiveConv.Convolution;

namespace LiveConv.Networks.Tests;

/// <summary>What runs take of managed memory.</summary>
[Collection("Alone")]
public class AllocationTests
{
    [Fact]
    public void Run_SteadyState_AllocatesNothingOnAnyThread()
    {
        var writer = new OnnxWriter(14, [1, 3, 32, 30]);
        string conv = writer.Node(
            "Conv", ["x", writer.Weights(0.3f, 24, 3, 3, 3), writer.Weights(1, 24)], ("pads", (int[])[1, 1, 1, 1]));
        string grouped = writer.Node(
            "Conv", [writer.Node("HardSwish", [conv]), writer.Weights(0.3f, 24, 8, 3, 3)], ("pads", (int[])[1, 1, 1, 1]), ("group", 3));
        string joined = writer.Node("Concat", [grouped, conv], ("axis", 1));
        string pooled = writer.Node("MaxPool", [joined], ("kernel_shape", (int[])[2, 2]), ("strides", (int[])[2, 2]));
        string dense = writer.Node("Gemm", [writer.Node("Flatten", [pooled]), writer.Weights(0.1f, 48 * 16 * 15, 10)]);
        writer.Node("Softmax", [dense]);
        Network network = Network.Read(writer.ToFile());
        NetworkRunner runner = network.Plan(keepsOutputs: true);
        using var workers = new WorkerPool(2);
        float[] image = OrtPeer.Image(network, 1), result = new float[10];
        runner.Run(image, result, workers);

        long fewest = long.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            runner.Run(image, result, workers);
            fewest = Math.Min(fewest, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, fewest);
    }
}

/// <summary>Tests that must not run beside others.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public class AloneTests;
