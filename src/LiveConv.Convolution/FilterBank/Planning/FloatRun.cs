namespace LiveConv.Convolution;

/// <summary>A place of a kernel and up to three weights for it, unless all are zero.</summary>
/// <param name="Place">Floats from the first one under the window.</param>
/// <param name="First">The weight.</param>
/// <param name="Second">In a run of two or three rows, the weight a row below.</param>
/// <param name="Third">In a run of three rows, the weight two rows below.</param>
internal readonly record struct FloatTap(int Place, float First, float Second, float Third);

/// <summary>Weights that are summed together.</summary>
/// <param name="Rows">
/// Two or three neighbouring rows, so that each float that is read serves as many sums; or 1: any places, each read for itself.
/// </param>
/// <param name="Taps">Row by row and left to right.</param>
internal sealed record FloatRun(int Rows, FloatTap[] Taps)
{
    /// <summary>Rows of a run, at most.</summary>
    public const int MaxRows = 3;

    // Cycles for 64 sums where two reads and two multiply-adds of 512 bits can begin in one; a read across two cache lines counts twice.
    private const double RowCost = 8;
    private const double RollingCost = 16;
    private const double AlignedCost = 2.5;
    private const double UnalignedCost = 4.5;

    /// <summary>How long a block's row takes, about, to be compared with other runs.</summary>
    public double Cost => Rows == 1
        ? RowCost + Taps.Sum(tap => tap.Place % (Block.Width / sizeof(float)) == 0 ? AlignedCost : UnalignedCost)
        : RollingCost + Taps.Length * (Rows == 2 ? 5 : 6);

    /// <summary>The weights in the order in which a sum gets their products.</summary>
    public IEnumerable<float> Weights => Taps.Select(tap => tap.First)
        .Concat(Taps.Select(tap => tap.Second))
        .Concat(Taps.Select(tap => tap.Third));

    /// <summary>A kernel's places, each for itself.</summary>
    public static FloatRun Single(Kernel kernel, double gain, int pitch) => new(1, [.. TapsOf(kernel, gain, pitch, 0, kernel.Height, 1)]);

    /// <summary>A kernel's rows by threes and twos; those without any weight are left out.</summary>
    public static FloatRun[] Rolling(Kernel kernel, double gain, int pitch)
    {
        var runs = new List<FloatRun>();
        for (int row = 0; row < kernel.Height;)
        {
            // Four rows are two and two: a single one would be read for itself.
            int left = kernel.Height - row;
            int rows = left is 4 or 2 ? 2 : Math.Min(left, MaxRows);
            FloatTap[] taps = [.. TapsOf(kernel, gain, pitch, row, 1, rows)];
            if (taps.Length > 0)
            {
                runs.Add(new(rows, taps));
            }

            row += rows;
        }

        return [.. runs];
    }

    private static IEnumerable<FloatTap> TapsOf(Kernel kernel, double gain, int pitch, int row, int count, int rows)
    {
        for (int j = row; j < row + count; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                var tap = new FloatTap(j * pitch + i, At(j, i), rows > 1 ? At(j + 1, i) : 0, rows > 2 ? At(j + 2, i) : 0);
                if (tap != new FloatTap(tap.Place, 0, 0, 0))
                {
                    yield return tap;
                }
            }
        }

        // 24 and 24 bits: exact in double precision.
        float At(int j, int i) => (float)(kernel[j, i] * gain);
    }
}
