namespace LiveConv.Convolution;

/// <summary>Maps positions outside the image to pixels inside it, for every operation of this library.</summary>
public static class Borders
{
    /// <summary>Not a pixel of the image: the border's constant.</summary>
    public const int Constant = -1;

    /// <summary>Maps any index to one of 0..length-1, or to <see cref="Constant"/>; right at every distance from the image.</summary>
    /// <param name="index">A row or a column, inside the image or not.</param>
    /// <param name="length">The image's height or width, at least 1.</param>
    /// <param name="mode">The border mode.</param>
    /// <returns>The row or column that the value is taken from.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is below 1.</exception>
    public static int Map(long index, int length, BorderMode mode)
    {
        if (index >= 0 && index < length)
        {
            return (int)index;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        switch (mode)
        {
            case BorderMode.Replicate:
                return index < 0 ? 0 : length - 1;
            case BorderMode.Symmetric:
                long s = Modulo(index, 2L * length);
                return (int)(s < length ? s : 2L * length - 1 - s);
            case BorderMode.Mirror when length == 1:
                return 0;
            case BorderMode.Mirror:
                long period = 2L * (length - 1);
                long m = Modulo(index, period);
                return (int)(m < length ? m : period - m);
            case BorderMode.Wrap:
                return (int)Modulo(index, length);
            default:
                return Constant;
        }
    }

    private static long Modulo(long a, long n)
    {
        long r = a % n;
        return r < 0 ? r + n : r;
    }
}
