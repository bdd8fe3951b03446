namespace LiveConv.Convolution;

/// <summary>
/// The memory of some neighbouring tiles: point by point and channel by channel, first of the transformed inputs and then of
/// their products' sums.
/// </summary>
internal static unsafe class WinogradStrip
{
    /// <summary>
    /// Tiles of a strip: three vectors of floats of 512 bits, and a whole number of threes of all shorter vectors. Of 64 channels
    /// inputs, sums and weights are 1.5 MB, which a second cache of 2 MB keeps; what one point reads fits the first.
    /// </summary>
    public const int Tiles = 48;

    // 36 points at a multiple of 4096 bytes from one another would share a set of the first cache.
    private const int Line = 16;

    /// <summary>From a point to the next.</summary>
    public static nint Pitch(int channels) => (nint)channels * Tiles + Line;

    /// <summary>Room for both, at any alignment of the memory.</summary>
    public static long Elements(int inputs, int outputs) => (Pitch(inputs) + Pitch(outputs)) * WinogradGrid.Points + PaddedLayout.Alignment;
}
