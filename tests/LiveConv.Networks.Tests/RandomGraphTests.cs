namespace LiveConv.Networks.Tests;

/// <summary>Graphs that nobody drew: LIVECONV_NETWORK_GRAPHS=1000 runs as many, LIVECONV_NETWORK_SEED=2 others.</summary>
public class RandomGraphTests
{
    [Fact]
    public void Run_RandomGraphs_AreThoseOfOnnxRuntimeLayerByLayer()
    {
        int count = Number("LIVECONV_NETWORK_GRAPHS", 60), first = 1000 * Number("LIVECONV_NETWORK_SEED", 1);
        for (int seed = first; seed < first + count; seed++)
        {
            try
            {
                OrtPeer.Compare(RandomGraph.Of(seed), 1e-4);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"graph {seed}: {e.Message}", e);
            }
        }
    }

    public static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : otherwise;
}
