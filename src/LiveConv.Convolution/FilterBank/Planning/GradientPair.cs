namespace LiveConv.Convolution;

/// <summary>
/// A pair of 3x3 kernels that are one gradient: <c>(side, centre, side)</c> down times <c>(1, 0, -1)</c> across, and the
/// same turned on its side; signs apart, which the absolute value drops.
/// </summary>
internal readonly record struct GradientPair(sbyte Side, sbyte Centre, bool VerticalEdgesFirst)
{
    /// <summary>Recognises a gradient in two windows.</summary>
    public static GradientPair? Find(FusedWindow a, FusedWindow b)
    {
        if (Smoothing(a, transposed: false) is var (side, centre) && Smoothing(b, transposed: true) == (side, centre))
        {
            return new(side, centre, true);
        }

        return Smoothing(b, transposed: false) is var (s, c) && Smoothing(a, transposed: true) == (s, c) ? new(s, c, false) : null;
    }

    // The smoothing of a window (p, 0, -p; q, 0, -q; p, 0, -p) or its negative, with p made positive.
    private static (sbyte Side, sbyte Centre)? Smoothing(FusedWindow w, bool transposed)
    {
        sbyte At(int along, int across) => transposed ? w[across, along] : w[along, across];
        for (int along = 0; along < FusedWindow.Side; along++)
        {
            if (At(along, 1) != 0 || At(along, 0) != -At(along, 2))
            {
                return null;
            }
        }

        bool symmetric = At(0, 0) == At(2, 0) && At(0, 0) != 0;
        int sign = Math.Sign(At(0, 0));
        return symmetric ? ((sbyte)(sign * At(0, 0)), (sbyte)(sign * At(1, 0))) : null;
    }
}
