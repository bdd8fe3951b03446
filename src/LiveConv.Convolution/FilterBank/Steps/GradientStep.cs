using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// A gradient pair in one pass, column by column: what is known of the rows above rolls down the block in registers.
/// </summary>
internal unsafe class GradientStep<TLanes, TPixels, TSums, TGradient, TStore>(int first, GradientPair pair) : FilterStep(first, 2)
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
    where TGradient : IGradient
    where TStore : IMapStore
{
    protected GradientPair Pair { get; } = pair;

    public sealed override void Run(in Block block, Target* targets)
    {
        Target vertical = targets[Pair.VerticalEdgesFirst ? 0 : 1];
        Target horizontal = targets[Pair.VerticalEdgesFirst ? 1 : 0];
        Run(block, vertical, horizontal);
    }

    protected virtual void Run(in Block block, Target vertical, Target horizontal) =>
        RunColumns(block.Rows, block.Column, block.Blocks * Block.Width, block.Count, vertical, horizontal);

    // Never inlined: inside a larger method the register allocator spills the rolling registers.
    [MethodImpl(HotLoop.Options)]
    protected void RunColumns(byte** rows, nint column, int width, int count, Target vertical, Target horizontal)
    {
        var gradient = new GradientLanes<TLanes, TPixels, TSums, TGradient>(Pair);
        for (int x = 0; x < width; x += TLanes.Count)
        {
            byte* mapV = vertical.Origin + x;
            byte* mapH = horizontal.Origin + x;
            gradient.Begin(
                rows[0] + column + x, rows[1] + column + x, out TSums above, out TSums last, out TSums smooth, out TSums smoothLast);
            for (int y = 2; y < count + 2; y++)
            {
                gradient.Next(rows[y] + column + x, ref above, ref last, ref smooth, out TPixels pixelsV, out TPixels pixelsH);
                TStore.Store<TLanes, TPixels, TSums>(mapV, pixelsV);
                TStore.Store<TLanes, TPixels, TSums>(mapH, pixelsH);
                (smooth, smoothLast) = (smoothLast, smooth);
                mapV += vertical.Pitch;
                mapH += horizontal.Pitch;
            }
        }
    }
}
