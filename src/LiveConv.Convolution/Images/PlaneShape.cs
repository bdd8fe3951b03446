namespace LiveConv.Convolution;

/// <summary>What every plane and view of pixels must satisfy.</summary>
internal static class PlaneShape
{
    /// <summary>Rows start on lines of this many bytes.</summary>
    public const int Alignment = 64;

    private const int AliasingDistance = 2048;

    /// <summary>Bytes from one row of a plane of its own to the next.</summary>
    /// <param name="bytes">Bytes of a row.</param>
    public static long PitchOf(long bytes)
    {
        long pitch = (bytes + Alignment - 1) / Alignment * Alignment;

        // Rows a power of two apart fall into the same cache sets, and a filter reads many rows at once.
        return pitch % AliasingDistance == 0 ? pitch + Alignment : pitch;
    }

    public static void Check<T>(ReadOnlySpan<T> pixels, int width, int height, int pitch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pitch, width);
        long needed = (long)pitch * (height - 1) + width;
        if (pixels.Length < needed)
        {
            throw new ArgumentException(
                $"{width}x{height} pixels at pitch {pitch} need {needed} elements; the span has {pixels.Length}", nameof(pixels));
        }
    }

    public static void CheckInside(int left, int top, int width, int height, int outerWidth, int outerHeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)left + width, outerWidth, nameof(width));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)top + height, outerHeight, nameof(height));
    }

    public static void CheckSameSize(int width, int height, int targetWidth, int targetHeight, string name)
    {
        if (width != targetWidth || height != targetHeight)
        {
            throw new ArgumentException($"the source is {width}x{height}; the target is {targetWidth}x{targetHeight}", name);
        }
    }
}
