using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>How many taps are summed over a strip of outputs before the next ones: those of as many channels as the nearest cache has room for.</summary>
internal static class TapRuns
{
    // Half of a first-level cache of 48 KiB; the other half is for sums and weights.
    private const long Room = 24 << 10;

    // Fewer would not be worth laying the sums aside for.
    private const int Least = 64;

    /// <summary>The length of a run, at least 1.</summary>
    /// <param name="layout">Where the pixels lie.</param>
    /// <param name="channels">Input channels.</param>
    /// <param name="rows">Rows of a strip, over all depth slices.</param>
    /// <param name="columns">Outputs of a strip, over all rows.</param>
    public static int Length<T>(PaddedLayout layout, int channels, int rows, int columns)
        where T : unmanaged
    {
        Axis height = layout.Window.Height;
        Axis width = layout.Window.Width;
        long rowsBelow = Math.Min(height.Padded, (rows - 1L) * height.Stride + (height.Kernel - 1L) * height.Dilation + 1);
        long columnsBelow = Math.Min(layout.RowPitch, (long)columns * width.Stride + (width.Kernel - 1L) * width.Dilation);
        int taps = layout.Window.Taps;
        long fitting = Room / Math.Max(1, layout.Window.Depth.Kernel * rowsBelow * columnsBelow * Unsafe.SizeOf<T>());
        long together = Math.Clamp(Math.Max(fitting, (Least + taps - 1) / taps), 1, Math.Max(1, channels));
        long runs = (channels + together - 1) / together;
        return Math.Max(1, (int)((channels + runs - 1) / Math.Max(1, runs)) * taps);
    }
}
