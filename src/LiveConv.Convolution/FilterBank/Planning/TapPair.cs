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
