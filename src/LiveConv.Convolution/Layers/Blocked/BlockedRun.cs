namespace LiveConv.Convolution;

/// <summary>
/// What <see cref="BlockedSums{TLanes, TVector, TOutputs, TStep}"/> sums: two runs of neighbouring outputs, the first of which is as long
/// as the second or one longer, of two vectors of output channels.
/// </summary>
internal unsafe struct BlockedRun
{
    /// <summary>The first run's input at the window's first tap.</summary>
    public float* Source;

    /// <summary>The second run's.</summary>
    public float* SourceNext;

    public float* Target;

    public float* TargetNext;

    /// <summary>What is added to the sums, or null.</summary>
    public float* Addend;

    public float* AddendNext;

    /// <summary>Elements from the first vector's outputs to the second's.</summary>
    public nint TargetPair;

    public nint AddendPair;

    /// <summary>Tap by tap, <see cref="BlockedLayout.Wide"/> elements apart.</summary>
    public float* Weights;

    /// <summary>Elements from the first vector's weights to the second's.</summary>
    public nint WeightPair;

    /// <summary>Elements from a tap's weights to those that memory is asked for meanwhile.</summary>
    public nint Ahead;

    /// <summary>The same for the second vector's weights, from the first one's.</summary>
    public nint AheadPair;

    /// <summary>The initial sums of both vectors: the biases.</summary>
    public float* Start;

    /// <summary>From the first tap's input to each tap's, within a block of input channels.</summary>
    public int* Offsets;

    /// <summary>Taps of a block of input channels.</summary>
    public int Taps;

    /// <summary>Blocks of input channels.</summary>
    public int Blocks;

    /// <summary>Elements from a block of input channels to the next.</summary>
    public nint BlockPitch;

    /// <summary>Whether the second vector's outputs exist.</summary>
    public bool HasPair;

    /// <summary>Whether negative sums become zero.</summary>
    public bool HasRelu;
}
