namespace LiveConv.Convolution;

/// <summary>How a convolution is computed.</summary>
public enum ConvAlgorithm
{
    /// <summary>Product by product: any window, and the smallest error.</summary>
    Direct,

    /// <summary>
    /// Winograd's F(4x4, 3x3), as Lavin and Gray describe it (arXiv:1509.09308): tiles of 4x4 outputs with 36 products per
    /// channel instead of 144. For 3x3 windows over two axes with stride 1, dilation 1 and one group; worth it from some
    /// 16 channels in and out. Its error is larger (<see cref="ConvOptions.Algorithm"/>), and an infinity or NaN in the input
    /// may spoil all outputs of the tiles that see it.
    /// </summary>
    Winograd,
}
