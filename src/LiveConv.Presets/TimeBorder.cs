namespace LiveConv.Presets;

/// <summary>What kernels over time see before the first frame.</summary>
public enum TimeBorder
{
    /// <summary>The first frame repeated: a stream that starts shows no motion.</summary>
    Replicate,

    /// <summary>Black.</summary>
    Zero,
}
