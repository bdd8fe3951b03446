using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// A gradient pair in one pass, row by row, its maps written past the caches. Images and maps are walked in the order of
/// their memory, as a copy would be; what is known of the rows above waits in the nearest cache.
/// </summary>
internal sealed unsafe class StreamedGradientStep<TLanes, TPixels, TSums, TGradient>(int first, GradientPair pair)
    : GradientStep<TLanes, TPixels, TSums, TGradient, StreamingStore>(first, pair)
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : unmanaged
    where TGradient : IGradient
{
    // What waits takes eight bytes a column: half of a nearest cache of 32 KiB.
    private const int MaxColumns = 2048;

    // Whole rows, at least this many bytes: what a thread reads in the time that memory takes to answer.
    private const int FetchDistance = 1536;

    [SkipLocalsInit]
    protected override void Run(in Block block, Target vertical, Target horizontal)
    {
        if (block.Blocks == 1)
        {
            RunColumns(block.Rows, block.Column, Block.Width, block.Count, vertical, horizontal);
            return;
        }

        byte* memory = stackalloc byte[MaxColumns * 4 * sizeof(short) + Block.Width];
        var kept = (Kept*)(((nint)memory + Block.Width - 1) & -Block.Width);
        int width = block.Blocks * Block.Width;
        nint ahead = block.Pitch > 0 ? block.Pitch * ((FetchDistance + block.Pitch - 1) / block.Pitch) : 0;
        for (int x = 0; x < width; x += MaxColumns)
        {
            int columns = Math.Min(MaxColumns, width - x);
            nint column = block.Column + x;
            Begin(block.Rows[0] + column, block.Rows[1] + column, columns, kept);
            for (int y = 0; y < block.Count; y++)
            {
                byte* mapV = vertical.Origin + y * vertical.Pitch + x;
                byte* mapH = horizontal.Origin + y * horizontal.Pitch + x;
                RunRow(block.Rows[y + 2] + column, columns, ahead, kept, y & 1, mapV, mapH);
            }
        }
    }

    [MethodImpl(HotLoop.Options)]
    private void Begin(byte* upper, byte* lower, int columns, Kept* kept)
    {
        var gradient = new GradientLanes<TLanes, TPixels, TSums, TGradient>(Pair);
        for (int x = 0; x < columns; x += TLanes.Count, kept++)
        {
            gradient.Begin(upper + x, lower + x, out kept->Above, out kept->Last, out kept->SmoothEven, out kept->SmoothOdd);
        }
    }

    // Never inlined, for the registers; the two smoothed rows change places without being moved.
    [MethodImpl(HotLoop.Options)]
    private void RunRow(byte* row, int columns, nint ahead, Kept* kept, int parity, byte* mapV, byte* mapH)
    {
        var gradient = new GradientLanes<TLanes, TPixels, TSums, TGradient>(Pair);
        for (int x = 0; x < columns; x += TLanes.Count, kept++)
        {
            StreamingStore.Fetch(row + x + ahead);
            TSums* smoothed = &kept->SmoothEven + parity;
            TSums above = kept->Above, last = kept->Last, smooth = *smoothed;
            gradient.Next(row + x, ref above, ref last, ref smooth, out TPixels pixelsV, out TPixels pixelsH);
            TLanes.StoreStreaming(mapV + x, pixelsV);
            TLanes.StoreStreaming(mapH + x, pixelsH);
            kept->Above = above;
            kept->Last = last;
            *smoothed = smooth;
        }
    }

    private struct Kept
    {
        public TSums Above;
        public TSums Last;
        public TSums SmoothEven;
        public TSums SmoothOdd;
    }
}
