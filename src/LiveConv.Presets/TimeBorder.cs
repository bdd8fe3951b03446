namespace LiveConv.Presets;

/// <summary>What stands before the first frame, for kernels over time.</summary>
public enum TimeBorder
{
    /// <summary>The first frame again and again: a stream that starts shows no motion.</summary>
    Replicate,

    /// <summary>Black.</summary>
    Zero,
}
