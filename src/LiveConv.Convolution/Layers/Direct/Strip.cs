using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// One block of channels over some neighbouring vectors of outputs, at most <see cref="Vectors"/>: few enough that the pixels
/// below stay in the second cache until all blocks of channels have been there.
/// </summary>
internal readonly unsafe struct Strip<T, TLanes, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    /// <summary>The most, and a whole number of what <see cref="BlockSums{T, TLanes, TVector}"/> sums together.</summary>
    public const int Vectors = 24;

    private const int MaxChannels = 8;
    private const int MaxTogether = 6;

    private readonly OutputVectors<T> vectors;
    private readonly int channels;
    private readonly int together;
    private readonly T* biases;
    private readonly T* sums;
    private readonly T* weights;
    private readonly OutputVector<T>* waiting;
    private readonly OutputVector<T>* outputs;

    /// <summary>Sets a strip up.</summary>
    /// <param name="vectors">The outputs.</param>
    /// <param name="channels">8, 4, 2 or 1.</param>
    /// <param name="memory">Room for <see cref="Elements"/>.</param>
    /// <param name="places">Room for twice <see cref="Vectors"/>.</param>
    /// <param name="weights">The block's, as in <see cref="ChannelPackedWeights{T}"/>.</param>
    public Strip(OutputVectors<T> vectors, int channels, T* memory, OutputVector<T>* places, T* weights)
    {
        this.vectors = vectors;
        this.channels = channels;
        together = BlockSums<T, TLanes, TVector>.Vectors(channels);
        sums = memory;
        biases = memory + MaxChannels * Vectors * TLanes.Count;
        waiting = places;
        outputs = places + Vectors;
        this.weights = weights + channels;
        for (int i = 0; i < channels * together; i++)
        {
            TLanes.Store(biases + i * TLanes.Count, TLanes.Broadcast(weights[i / together]));
        }
    }

    /// <summary>Sums that wait to be copied, and a block of biases.</summary>
    public static int Elements => MaxChannels * (Vectors + MaxTogether) * TLanes.Count;

    public T* Source { get; init; }

    public T* Target { get; init; }

    public nint* TapOffsets { get; init; }

    public int Taps { get; init; }

    /// <summary>Sums one strip.</summary>
    /// <param name="strip">The strip, from 0.</param>
    public void Run(int strip)
    {
        int first = strip * Vectors;
        int count = Math.Min(Vectors, vectors.Count - first);
        vectors.Find(first, count, Source, Target, outputs);
        int whole = (count + together - 1) / together * together;
        new Span<OutputVector<T>>(outputs + count, whole - count).Fill(outputs[count - 1]);
        if (!vectors.AreBroken)
        {
            Sum(outputs, whole, vectors.ChannelPitch);
            return;
        }

        for (int v = 0; v < whole; v++)
        {
            waiting[v] = new() { Source = outputs[v].Source, Target = SumsOf(v) };
        }

        Sum(waiting, whole, together * TLanes.Count);
        CopyRows(count);
    }

    private void Sum(OutputVector<T>* places, int count, nint pitch)
    {
        for (int v = 0; v < count; v += together)
        {
            BlockSums<T, TLanes, TVector>.Run(channels, places + v, biases, weights, TapOffsets, Taps, pitch);
        }
    }

    // Of the first channel; block by block, and in a block channel by channel.
    private T* SumsOf(int vector) => sums + (vector / together * channels * together + vector % together) * TLanes.Count;

    // Rows shorter than a vector: stored whole, they would write over one another.
    private void CopyRows(int count)
    {
        for (int v = 0; v < count; v++)
        {
            for (int c = 0; c < channels; c++)
            {
                T* row = waiting[v].Target + c * together * TLanes.Count;
                new ReadOnlySpan<T>(row, vectors.Width).CopyTo(new Span<T>(outputs[v].Target + c * vectors.ChannelPitch, vectors.Width));
            }
        }
    }
}
