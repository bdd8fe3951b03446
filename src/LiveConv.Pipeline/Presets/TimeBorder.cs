namespace LiveConv.Pipeline;

/// <summary>What stands before the first frame, for kernels over time.</summary>
public enum TimeBorder
{
    /// <summary>The first frame again and again: a film that begins is no motion.</summary>
    Replicate,

    /// <summary>Black.</summary>
    Zero,
}
