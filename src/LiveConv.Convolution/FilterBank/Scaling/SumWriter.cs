namespace LiveConv.Convolution;

/// <summary>How exact sums leave the bank.</summary>
internal abstract unsafe class SumWriter<TSum>
    where TSum : unmanaged
{
    /// <summary>Bytes of an output.</summary>
    public abstract int OutputBytes { get; }

    /// <summary>Writes a row of outputs.</summary>
    /// <param name="sums">Block.Width sums; may be overwritten.</param>
    /// <param name="count">How many of them are written.</param>
    /// <param name="target">Where to.</param>
    public abstract void Write(TSum* sums, int count, byte* target);
}
