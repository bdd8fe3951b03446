namespace LiveConv.Convolution;

/// <summary>The options of a <see cref="FilterBank"/>. Immutable.</summary>
public sealed record FilterBankOptions
{
    /// <summary>Horizontal step of the convolution, at least 1.</summary>
    public int StrideX { get; init; } = 1;

    /// <summary>Vertical step of the convolution, at least 1.</summary>
    public int StrideY { get; init; } = 1;

    /// <summary>
    /// Writes the 8-bit maps of 3x3 kernels past the processor's caches where that is fast: with AVX-512, and with AVX2 unless
    /// the kernels are one gradient. The bytes are the same. For frames that come fresh from memory, as a camera's do, and maps
    /// that are not read at once: the next reader fetches them from memory. Leave it off when the maps are read next, or when
    /// the images stay in the caches.
    /// </summary>
    public bool StreamMaps { get; init; }

    /// <summary>The pixel outside the image under <see cref="BorderMode.Constant"/>.</summary>
    public byte BorderValue { get; init; }
}
