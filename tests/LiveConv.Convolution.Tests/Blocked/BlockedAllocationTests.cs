namespace LiveConv.Convolution.Tests;

/// <summary>What a planned network takes of managed memory.</summary>
[Collection("Alone")]
public class BlockedAllocationTests
{
    [Fact]
    public void Run_SteadyState_AllocatesNothingOnAnyThread()
    {
        var winograd = new ConvOptions { Padding = 1, Algorithm = ConvAlgorithm.Winograd };
        var network = new BlockedNetwork(new(3, 20, 18));
        int node = network.Add(BlockedExample.Layer([3, 144], [3, 3], new() { Padding = 1 }, hasRelu: true), 0);
        node = network.Add(BlockedExample.Layer([144, 144], [3, 3], winograd, hasRelu: true), node, node);
        node = network.Add(BlockedExample.Layer([144, 32], [3, 3], winograd, hasRelu: true), node);
        node = network.Add(new BlockedPool(isMax: true, 2, new() { Stride = 2 }), node);
        node = network.Add(BlockedExample.Layer([1, 32], [3, 3], new() { Padding = 1, Groups = 32 }, hasRelu: true), node);
        network.Add(BlockedPool.GlobalAverage, node);
        BlockedRunner runner = network.Plan();
        using var workers = new WorkerPool(2);
        float[] image = BlockedExample.Noise(1, 3 * 20 * 18), result = new float[32];
        runner.Run(image, result, workers);

        Assert.Equal(0, FilterBankAllocationTests.MinAllocatedBytes(() => runner.Run(image, result, workers)));
    }
}
