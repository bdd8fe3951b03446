using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// A kernel of fractions at stride 1: summed in single precision, and in double precision again where the two may differ in a pixel. The
/// pixels are those of <see cref="DoubleSums{TLanes, TVector}"/>.
/// </summary>
internal sealed unsafe class FloatStep<TLanes, TVector>(
    int first, Filter filter, FloatTaps taps, Halo window, SumKernel<double> doubles) : FilterStep(first, 1)
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    private const int Pitch = FloatTaps.Pitch;
    private const int MaxRows = TileRows.Max + FilterBank.MaxKernelSize - 1;

    // Where more pixels of a block are uncertain, all of it is summed in double precision, and so are the next ones.
    private const int BlocksInDoubles = 7;

    private readonly int maxUncertain = FloatPlan.MaxUncertain(taps.Width * taps.Height);
    private readonly FloatScaling scaling = new(filter.Response, taps.MaxError);
    private readonly RealScaling exactScaling = new(filter);
    private readonly ExactSum exact = new(filter.Kernel);
    private readonly int left = window.Left - filter.Kernel.AnchorX;
    private readonly int top = window.Top - filter.Kernel.AnchorY;

    [SkipLocalsInit]
    public override void Run(in Block block, Target* targets)
    {
        float* memory = stackalloc float[MaxRows * Pitch + TileRows.Max * (Pitch + Block.Width) + Block.Width];
        memory = (float*)(((nint)memory + Block.Width - 1) & -Block.Width);
        for (int y = 0; y < block.Count + taps.Height - 1; y++)
        {
            new Span<float>(memory + y * Pitch + Block.Width + taps.Width - 1, ExactSum.Reach).Clear();
        }

        int inDoubles = 0;
        for (int x = 0; x < block.Blocks * Block.Width; x += Block.Width)
        {
            var target = new Target { Origin = targets[0].Origin + x, Pitch = targets[0].Pitch };
            if (inDoubles > 0 || !TryRun(block, x, memory, target))
            {
                RunInDoubles(block, x, target);
                inDoubles = inDoubles > 0 ? inDoubles - 1 : BlocksInDoubles;
            }
        }
    }

    [SkipLocalsInit]
    private bool TryRun(in Block block, int x, float* memory, Target target)
    {
        float* columns = memory + MaxRows * Pitch;
        float* sums = columns + TileRows.Max * Pitch;
        FloatSums<TLanes, TVector>.Convert(
            block.Rows + top, block.Column + x + left, block.Count + taps.Height - 1, Block.Width + taps.Width - 1, memory);
        FloatSums<TLanes, TVector>.Run(taps, memory, columns, sums, block.Count);

        ulong* uncertain = stackalloc ulong[TileRows.Max];
        FloatScaling.Write<TLanes, TVector>(scaling, sums, block.Count, target, uncertain);
        return TryRepeat(uncertain, block.Count, Math.Min(Block.Width, block.Columns - x), memory, target);
    }

    // Pixel by pixel, unless there are too many.
    private bool TryRepeat(ulong* uncertain, int count, int columns, float* pixels, Target target)
    {
        int pixelCount = 0;
        ulong inside = ulong.MaxValue >> (Block.Width - columns);
        for (int y = 0; y < count; y++)
        {
            uncertain[y] &= inside;
            pixelCount += BitOperations.PopCount(uncertain[y]);
        }

        if (pixelCount > maxUncertain)
        {
            return false;
        }

        for (int y = 0; pixelCount > 0; y++, pixels += Pitch, target.Origin += target.Pitch)
        {
            for (ulong places = uncertain[y]; places != 0; places &= places - 1)
            {
                int x = BitOperations.TrailingZeroCount(places);
                target.Origin[x] = exactScaling.ToPixel(exact.Of(pixels + x, Pitch));
                pixelCount--;
            }
        }

        return true;
    }

    [SkipLocalsInit]
    private void RunInDoubles(in Block block, int x, Target target)
    {
        double* sums = stackalloc double[TileRows.Max * Block.Width + Block.Width];
        sums = (double*)(((nint)sums + Block.Width - 1) & -Block.Width);
        doubles.Run(block, x, sums);
        for (int y = 0; y < block.Count; y++, sums += Block.Width, target.Origin += target.Pitch)
        {
            exactScaling.Write(sums, target.Origin);
        }
    }
}
