namespace LiveConv.Convolution;

/// <summary>The options of a <see cref="FilterBank"/>. Immutable.</summary>
public sealed record FilterBankOptions
{
    /// <summary>Horizontal step of the convolution, at least 1.</summary>
    public int StrideX { get; init; } = 1;

    /// <summary>Vertical step of the convolution, at least 1.</summary>
    public int StrideY { get; init; } = 1;

    /// <summary>
    /// Whether the 8-bit maps of 3x3 kernels are written past the processor's caches where it can do that fast: with AVX-512, and with
    /// AVX2 where their rows begin on cache lines. The bytes are the same. Null, the default, decides anew for every call: maps that were
    /// written by one of the bank's last calls, with so little in between that they are still in the caches, are written there, and all
    /// others past them. True suits frames that come fresh from memory, as a camera's do, whatever is called in between; false suits
    /// maps that are read as soon as they are written.
    /// </summary>
    public bool? StreamMaps { get; init; }

    /// <summary>The pixel outside the image under <see cref="BorderMode.Constant"/>.</summary>
    public byte BorderValue { get; init; }
}
