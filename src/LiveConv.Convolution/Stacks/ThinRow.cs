namespace LiveConv.Convolution;

/// <summary>
/// Non-maximum suppression: a gradient stays where it is longer than its neighbours across the edge. Of two equal neighbours
/// along an axis the left or upper one stays; along a diagonal neither does (as OpenCV's Canny decides).
/// </summary>
internal readonly struct ThinRow(Plane<float> gradientX, Plane<float> gradientY, Plane<float> toX, Plane<float> toY) : IRowWork
{
    // Half of 45 degrees on both sides of each of the four directions.
    private const float Tan22 = 0.41421356f;
    private const float Tan67 = 2.41421356f;

    public void Run(int row)
    {
        var above = new Squares(gradientX, gradientY, row - 1);
        var here = new Squares(gradientX, gradientY, row);
        var below = new Squares(gradientX, gradientY, row + 1);
        ReadOnlySpan<float> gx = gradientX.Row(row);
        ReadOnlySpan<float> gy = gradientY.Row(row);
        Span<float> x = toX.Row(row);
        Span<float> y = toY.Row(row);
        for (int i = 0; i < gx.Length; i++)
        {
            bool stays = IsLongest(gx[i], gy[i], i, above, here, below);
            x[i] = stays ? gx[i] : 0;
            y[i] = stays ? gy[i] : 0;
        }
    }

    private static bool IsLongest(float gx, float gy, int i, in Squares above, in Squares here, in Squares below)
    {
        float length = gx * gx + gy * gy;
        if (!(length > 0))
        {
            return false;
        }

        float ax = MathF.Abs(gx);
        float ay = MathF.Abs(gy);
        if (ay < ax * Tan22)
        {
            return length > here[i - 1] && length >= here[i + 1];
        }

        if (ay > ax * Tan67)
        {
            return length > above[i] && length >= below[i];
        }

        int slope = gx < 0 == gy < 0 ? 1 : -1;
        return length > above[i - slope] && length > below[i + slope];
    }

    /// <summary>The squared lengths of a row of gradients; 0 outside the picture.</summary>
    private readonly ref struct Squares
    {
        private readonly ReadOnlySpan<float> x;
        private readonly ReadOnlySpan<float> y;

        public Squares(Plane<float> gradientX, Plane<float> gradientY, int row)
        {
            if ((uint)row < (uint)gradientX.Height)
            {
                x = gradientX.Row(row);
                y = gradientY.Row(row);
            }
        }

        public float this[int i] => (uint)i < (uint)x.Length ? x[i] * x[i] + y[i] * y[i] : 0;
    }
}
