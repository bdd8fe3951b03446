using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>
/// A layer's weights as <see cref="BlockedSums{TLanes, TVector, TOutputs, TStep}"/> reads them, in memory that stays in place: block by
/// block of output channels, tap by tap, a weight for each channel of the block. A pair of blocks is a group, which is summed together: two
/// streams of weights come from memory faster than one. Written by its maker alone.
/// </summary>
internal sealed unsafe class BlockedWeights
{
    /// <summary>Output channels that are summed together: two registers of 512 bits.</summary>
    public const int Group = 2 * BlockedLayout.Wide;

    private readonly float[] memory;
    private readonly float[] biasMemory;

    /// <summary>Takes memory; the weights are zero.</summary>
    /// <param name="outputs">Output channels.</param>
    /// <param name="taps">Weights of an output channel, those of channels that fill up a block included.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="matrices">How many such layers' weights follow one another.</param>
    public BlockedWeights(int outputs, long taps, ReadOnlySpan<float> bias, int matrices = 1)
    {
        Groups = (outputs + Group - 1) / Group;
        long length = Groups * taps * Group * matrices;
        if (length > Array.MaxLength - PaddedLayout.Alignment)
        {
            throw Shapes.Error("weight", $"the layer would have {length} weights in blocks; the limit is {Array.MaxLength}");
        }

        memory = Pinned((int)length);
        biasMemory = Pinned(Groups * Group);
        BlockPitch = (nint)taps * BlockedLayout.Wide;
        GroupPitch = 2 * BlockPitch;
        Values = Aligned(memory);
        Biases = Aligned(biasMemory);
        bias.CopyTo(new Span<float>(Biases, outputs));
    }

    /// <summary>Groups of output channels.</summary>
    public int Groups { get; }

    /// <summary>Elements from a block of output channels to the next.</summary>
    public nint BlockPitch { get; }

    /// <summary>Elements from a group to the next.</summary>
    public nint GroupPitch { get; }

    /// <summary>The weights. Valid as long as this object is.</summary>
    public float* Values { get; }

    /// <summary>One per output channel, and zeros that fill up the last group.</summary>
    public float* Biases { get; }

    public void Set(int output, nint tap, float weight, int matrix = 0) =>
        Values[(nint)matrix * Groups * GroupPitch + output / BlockedLayout.Wide * BlockPitch + tap * BlockedLayout.Wide
            + output % BlockedLayout.Wide] = weight;

    private static float[] Pinned(int length) =>
        GC.AllocateArray<float>(length + PaddedLayout.Alignment / sizeof(float), pinned: true);

    private static float* Aligned(float[] values) => PaddedLayout.Align((float*)Marshal.UnsafeAddrOfPinnedArrayElement(values, 0));
}
