namespace LiveConv.Convolution;

/// <summary>What a <see cref="FilterBank"/> can be told beside its kernels. Immutable.</summary>
public sealed record FilterBankOptions
{
    /// <summary>Horizontal step of the convolution, at least 1.</summary>
    public int StrideX { get; init; } = 1;

    /// <summary>Vertical step of the convolution, at least 1.</summary>
    public int StrideY { get; init; } = 1;

    /// <summary>
    /// Writes 8-bit maps past the processor's caches where it can. Faster for frames that come fresh from memory, as a
    /// camera's do, when nobody reads the maps at once; slower for pictures that stay in the caches.
    /// </summary>
    public bool StreamMaps { get; init; }

    /// <summary>The pixel outside the picture under <see cref="BorderMode.Constant"/>.</summary>
    public byte BorderValue { get; init; }
}
