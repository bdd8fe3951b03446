using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// A layer's weights in the order in which they are read: block by block of output channels, and in a block first the
/// channels' biases, then tap by tap the channels' weights. Immutable.
/// </summary>
internal sealed class ChannelPackedWeights<T> : PackedWeights<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Copies weights.</summary>
    /// <param name="weight">Output channel by output channel, each as it is correlated.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="groups">Groups; they divide the channels.</param>
    public ChannelPackedWeights(ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, int channels, int groups)
    {
        int taps = channels == 0 ? 0 : weight.Length / channels;
        Blocks = new ChannelBlocks(channels / groups);
        Values = new T[channels * (taps + 1)];
        for (int group = 0; group < groups; group++)
        {
            for (int b = 0; b < Blocks.Count; b++)
            {
                (int first, int size) = Blocks[b];
                first += group * Blocks.Channels;
                Span<T> block = Values.AsSpan(first * (taps + 1), size * (taps + 1));
                for (int c = 0; c < size; c++)
                {
                    block[c] = bias.IsEmpty ? default : bias[first + c];
                    ReadOnlySpan<T> channel = weight.Slice((first + c) * taps, taps);
                    for (int t = 0; t < channel.Length; t++)
                    {
                        block[(t + 1) * size + c] = channel[t];
                    }
                }
            }
        }
    }

    public ChannelBlocks Blocks { get; }

    public T[] Values { get; }

    protected override void Run<TLanes, TVector>(ConvPlan plan, ReadOnlySpan<T> input, Span<T> output, WorkerPool? workers) =>
        Convolver.Run<T, TLanes, TVector>(plan, input, this, output, workers);
}
