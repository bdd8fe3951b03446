using System.Diagnostics;
using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>
/// A planned network: its weights, and memory for one image. A run takes no managed memory and gives the same bits for every number of
/// threads. By one thread at a time.
/// </summary>
public sealed class NetworkRunner
{
    private readonly bool keepsOutputs;
    private readonly BlockedRunner runner;
    private readonly long[] times;

    internal NetworkRunner(Network network, bool keepsOutputs, BlockedRunner runner)
    {
        (Network, this.keepsOutputs, this.runner) = (network, keepsOutputs, runner);
        times = new long[network.Layers.Count];
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Computes the network's first output.</summary>
    /// <param name="image">Channel by channel, row by row, as long as layer 0.</param>
    /// <param name="result">Overwritten, as long as the output's layer.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Run(ReadOnlySpan<float> image, Span<float> result, WorkerPool? workers = null)
    {
        Run(image, workers);
        CopyOutput(Network.Outputs[0].Layer, result);
    }

    /// <summary>Computes all layers.</summary>
    /// <param name="image">Channel by channel, row by row, as long as layer 0.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void Run(ReadOnlySpan<float> image, WorkerPool? workers = null)
    {
        CheckLength(image.Length, Network.Layers[0].Length, nameof(image));
        long began = Stopwatch.GetTimestamp();
        runner.Input.Load(image);
        for (int layer = 0; layer < times.Length; layer++)
        {
            if (layer > 0)
            {
                runner.RunNode(layer, workers);
            }

            long now = Stopwatch.GetTimestamp();
            times[layer] = now - began;
            began = now;
        }
    }

    /// <summary>The time that a layer took in the last run; that of layer 0 is the image's copying.</summary>
    /// <param name="layer">Its number.</param>
    public TimeSpan TimeOf(int layer) => Stopwatch.GetElapsedTime(0, times[layer]);

    /// <summary>Whether a layer's output of the last run can be read.</summary>
    /// <param name="layer">Its number.</param>
    public bool IsKept(int layer) => keepsOutputs || layer == 0 || Network.IsOutput(layer);

    /// <summary>Copies a layer's output of the last run.</summary>
    /// <param name="layer">Its number.</param>
    /// <param name="values">Overwritten, channel by channel, row by row; as long as the layer.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    /// <exception cref="InvalidOperationException">The output is not kept.</exception>
    public void CopyOutput(int layer, Span<float> values)
    {
        CheckKept(layer);
        CheckLength(values.Length, Network.Layers[layer].Length, nameof(values));
        runner.OutputOf(layer).Store(values);
    }

    /// <summary>Copies one channel of a layer's output of the last run.</summary>
    /// <param name="layer">Its number.</param>
    /// <param name="channel">The channel, from 0.</param>
    /// <param name="values">Overwritten, row by row; height times width.</param>
    /// <exception cref="ArgumentException">The length does not fit, or there is no such channel.</exception>
    /// <exception cref="InvalidOperationException">The output is not kept.</exception>
    public void CopyPlane(int layer, int channel, Span<float> values)
    {
        CheckKept(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)channel, (uint)Network.Layers[layer].Channels, nameof(channel));
        CheckLength(values.Length, Network.Layers[layer].Height * Network.Layers[layer].Width, nameof(values));
        runner.OutputOf(layer).Store(channel, values);
    }

    private static void CheckLength(int length, int needed, string name)
    {
        if (length != needed)
        {
            throw new ArgumentException($"{name} has {length} elements; {needed} are needed", name);
        }
    }

    private void CheckKept(int layer)
    {
        if (!IsKept(layer))
        {
            throw new InvalidOperationException($"the output of layer {layer} is not kept; Plan(keepsOutputs: true) keeps all");
        }
    }
}
