using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>Winograd's transforms of one tile of 16 channels, a channel in each lane.</summary>
internal static unsafe class BlockedTileTransforms<TLanes, TVector>
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    private const int Side = WinogradGrid.Side;
    private const int Tile = WinogradGrid.Tile;
    private const int Block = BlockedLayout.Wide;

    /// <summary>Elements that the transforms need to keep something in.</summary>
    public const int Scratch = WinogradGrid.Points * Block;

    /// <summary>Transforms 6x6 inputs.</summary>
    /// <param name="source">The first input.</param>
    /// <param name="rowPitch">From a row to the next.</param>
    /// <param name="target">The first point.</param>
    /// <param name="pointPitch">From a point to the next.</param>
    /// <param name="scratch">Overwritten.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Input(float* source, nint rowPitch, float* target, nint pointPitch, float* scratch)
    {
        for (float* end = source + Block; source < end; source += TLanes.Count, target += TLanes.Count)
        {
            for (int x = 0; x < Side; x++)
            {
                float* d = source + x * Block;
                WinogradLines<float, TLanes, TVector>.Input(
                    TLanes.Load(d), TLanes.Load(d + rowPitch), TLanes.Load(d + 2 * rowPitch), TLanes.Load(d + 3 * rowPitch),
                    TLanes.Load(d + 4 * rowPitch), TLanes.Load(d + 5 * rowPitch), scratch + x * Block, Side * Block);
            }

            for (int y = 0; y < Side; y++)
            {
                float* l = scratch + y * Side * Block;
                WinogradLines<float, TLanes, TVector>.Input(
                    TLanes.Load(l), TLanes.Load(l + Block), TLanes.Load(l + 2 * Block), TLanes.Load(l + 3 * Block),
                    TLanes.Load(l + 4 * Block), TLanes.Load(l + 5 * Block), target + y * Side * pointPitch, pointPitch);
            }
        }
    }

    /// <summary>Transforms 36 sums to 4x4 outputs with the bias.</summary>
    /// <param name="sums">The first point's sums.</param>
    /// <param name="pointPitch">From a point to the next.</param>
    /// <param name="biases">One per channel.</param>
    /// <param name="target">16 outputs, row by row, <see cref="BlockedLayout.Wide"/> elements each.</param>
    /// <param name="scratch">Overwritten.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Output(float* sums, nint pointPitch, float* biases, float* target, float* scratch)
    {
        nint row = Side * pointPitch;
        for (float* end = sums + Block; sums < end; sums += TLanes.Count, target += TLanes.Count, biases += TLanes.Count)
        {
            TVector bias = TLanes.Load(biases);
            float* m = sums;
            for (int x = 0; x < Side; x++, m += pointPitch)
            {
                var y = WinogradLines<float, TLanes, TVector>.Output(
                    TLanes.Load(m), TLanes.Load(m + row), TLanes.Load(m + 2 * row), TLanes.Load(m + 3 * row), TLanes.Load(m + 4 * row),
                    TLanes.Load(m + 5 * row));
                Store(scratch + x * Block, Side * Block, y.Y0, y.Y1, y.Y2, y.Y3);
            }

            for (int r = 0; r < Tile; r++)
            {
                float* l = scratch + r * Side * Block;
                var y = WinogradLines<float, TLanes, TVector>.Output(
                    TLanes.Load(l), TLanes.Load(l + Block), TLanes.Load(l + 2 * Block), TLanes.Load(l + 3 * Block),
                    TLanes.Load(l + 4 * Block), TLanes.Load(l + 5 * Block));
                Store(
                    target + r * Tile * Block, Block, TLanes.Add(y.Y0, bias), TLanes.Add(y.Y1, bias), TLanes.Add(y.Y2, bias),
                    TLanes.Add(y.Y3, bias));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* target, nint step, TVector a, TVector b, TVector c, TVector d)
    {
        TLanes.Store(target, a);
        TLanes.Store(target + step, b);
        TLanes.Store(target + 2 * step, c);
        TLanes.Store(target + 3 * step, d);
    }
}
