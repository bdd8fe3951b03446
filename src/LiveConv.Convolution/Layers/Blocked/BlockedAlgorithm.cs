namespace LiveConv.Convolution;

/// <summary>Which algorithm is faster for a layer in blocks of channels.</summary>
internal static class BlockedAlgorithm
{
    // Fewer tiles do not pay for reading four times as many weights: 512 to 512 channels of 7x7 took 1.7 times as long (AVX-512).
    private const int MinTiles = 9;

    /// <summary>Chooses.</summary>
    /// <param name="shape">(output channels, input channels / groups, height, width).</param>
    /// <param name="output">The output's size.</param>
    /// <param name="options">The layer's options.</param>
    public static ConvAlgorithm Of(ReadOnlySpan<int> shape, BlockedSize output, ConvOptions options)
    {
        bool fits = shape is [>= BlockedLayout.Wide, >= BlockedLayout.Wide, 3, 3] && options.Groups == 1;
        for (int axis = 0; axis < 2; axis++)
        {
            fits &= options.Stride[axis] == 1 && options.Dilation[axis] == 1;
        }

        int down = (output.Height + WinogradGrid.Tile - 1) / WinogradGrid.Tile;
        int across = (output.Width + WinogradGrid.Tile - 1) / WinogradGrid.Tile;
        return fits && down * (long)across >= MinTiles ? ConvAlgorithm.Winograd : ConvAlgorithm.Direct;
    }
}
