using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// The arithmetic of a gradient pair, a register of columns at a time. Of each input row only the difference and the smoothed
/// sum of its neighbours are computed, once, and serve the three output rows that it touches.
/// </summary>
internal readonly unsafe struct GradientLanes<TLanes, TPixels, TSums, TGradient>
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
    where TGradient : IGradient
{
    private readonly TPixels difference;
    private readonly TPixels sides;
    private readonly TPixels centreDifference;
    private readonly TPixels centre;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GradientLanes(GradientPair pair)
    {
        difference = TLanes.Weights(pair.Side, (sbyte)-pair.Side);
        sides = TLanes.Weights(pair.Side, pair.Side);
        centreDifference = TLanes.Weights(pair.Centre, (sbyte)-pair.Centre);
        centre = TLanes.Weights(pair.Centre, 0);
    }

    /// <summary>Takes the two rows above the first output's last one.</summary>
    /// <param name="upper">The first row's pixels, from the window's left on.</param>
    /// <param name="lower">The second row's.</param>
    /// <param name="above">What the difference across of the rows so far gives to the next output.</param>
    /// <param name="last">The difference across of the last row.</param>
    /// <param name="smoothUpper">The first row, smoothed.</param>
    /// <param name="smoothLower">The second row, smoothed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(byte* upper, byte* lower, out TSums above, out TSums last, out TSums smoothUpper, out TSums smoothLower)
    {
        TSums pairs = Pairs(upper);
        above = TLanes.Dot(pairs, difference);
        smoothUpper = Smooth(pairs, upper);
        pairs = Pairs(lower);
        last = TLanes.Dot(pairs, difference);
        smoothLower = Smooth(pairs, lower);
        above = TLanes.Add(above, TGradient.IsUnit || TGradient.IsDouble ? last : TLanes.Dot(pairs, centreDifference));
    }

    /// <summary>Takes the next row; the output beside the row before it is complete.</summary>
    /// <param name="row">The row's pixels, from the window's left on.</param>
    /// <param name="above">See <see cref="Begin"/>; becomes the next output's.</param>
    /// <param name="last">See <see cref="Begin"/>; becomes this row's.</param>
    /// <param name="smooth">The row two above, smoothed; becomes this row's.</param>
    /// <param name="vertical">Vertical edges.</param>
    /// <param name="horizontal">Horizontal edges.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next(byte* row, ref TSums above, ref TSums last, ref TSums smooth, out TPixels vertical, out TPixels horizontal)
    {
        TSums pairs = Pairs(row);
        TSums across = TLanes.Dot(pairs, difference);
        TSums smoothed = Smooth(pairs, row);
        TSums sum;
        if (TGradient.IsDouble)
        {
            TSums both = TLanes.Add(last, across);
            sum = TLanes.Add(above, both);
            above = both;
        }
        else
        {
            sum = TLanes.Add(above, across);
            above = TLanes.Add(last, TGradient.IsUnit ? across : TLanes.Dot(pairs, centreDifference));
        }

        vertical = TLanes.Pack(TLanes.Abs(sum));
        horizontal = TLanes.Pack(TLanes.Abs(TLanes.Subtract(smooth, smoothed)));
        last = across;
        smooth = smoothed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSums Pairs(byte* row) => TLanes.Interleave(TLanes.Load(row), TLanes.Load(row + 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TSums Smooth(TSums pairs, byte* row)
    {
        TPixels middle = TLanes.Load(row + 1);
        TSums weighted = TGradient.IsUnit ? TLanes.Interleave(middle, default)
            : TGradient.IsDouble ? TLanes.Dot(TLanes.Interleave(middle, middle), sides)
            : TLanes.Dot(TLanes.Interleave(middle, middle), centre);
        return TLanes.Add(TLanes.Dot(pairs, sides), weighted);
    }
}
