namespace LiveConv.Convolution;

/// <summary>Two taps side by side in one row of the window.</summary>
/// <param name="Row">Row of the window.</param>
/// <param name="Column">Column of the left tap.</param>
/// <param name="Weights">The pair of weights, twice: 32 bits spread over a register without a shuffle.</param>
internal readonly record struct TapPair(int Row, int Column, int Weights)
{
    public TapPair(int row, int column, sbyte first, sbyte second)
        : this(row, column, (ushort)WeightPair.Bits(first, second) * 0x10001)
    {
    }

    public sbyte First => (sbyte)Weights;

    public sbyte Second => (sbyte)(Weights >> 8);
}

/// <summary>A run of tap pairs whose sum fits 16 bits.</summary>
internal readonly record struct TapRun(int Start, int End);

/// <summary>An integer kernel as runs of tap pairs. Pairs of zeros are left out; weights beyond 8 bits are split.</summary>
internal sealed class TapPairs
{
    // Two weights of this size keep a pair within 16 bits whatever their signs.
    private const int HalfWeight = 64;

    private readonly List<TapPair> pairs = [];
    private readonly List<TapRun> runs = [];

    public TapPairs(Kernel kernel, Halo window)
    {
        int row0 = window.Top - kernel.AnchorY;
        int column0 = window.Left - kernel.AnchorX;
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i += 2)
            {
                Add(row0 + j, column0 + i, (int)kernel[j, i], i + 1 < kernel.Width ? (int)kernel[j, i + 1] : 0);
            }
        }

        CutRuns();
    }

    public TapPair[] Pairs => [.. pairs];

    public TapRun[] Runs => [.. runs];

    private void Add(int row, int column, int first, int second)
    {
        while (first != 0 || second != 0)
        {
            int limit = Fits(first, second) ? sbyte.MaxValue : HalfWeight;
            int partFirst = Math.Clamp(first, -limit, limit);
            int partSecond = Math.Clamp(second, -limit, limit);
            pairs.Add(new(row, column, (sbyte)partFirst, (sbyte)partSecond));
            first -= partFirst;
            second -= partSecond;
        }
    }

    private static bool Fits(int first, int second) =>
        Math.Abs(first) <= sbyte.MaxValue && Math.Abs(second) <= sbyte.MaxValue && KernelBounds.Of([first, second]).Fits16;

    private void CutRuns()
    {
        int start = 0;
        KernelBounds sum = default;
        for (int p = 0; p < pairs.Count; p++)
        {
            KernelBounds pair = KernelBounds.Of([pairs[p].First, pairs[p].Second]);
            var next = new KernelBounds(sum.Positive + pair.Positive, sum.Negative + pair.Negative);
            if (!next.Fits16)
            {
                runs.Add(new(start, p));
                start = p;
                next = pair;
            }

            sum = next;
        }

        runs.Add(new(start, pairs.Count));
    }
}
