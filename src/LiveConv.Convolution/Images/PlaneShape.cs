namespace LiveConv.Convolution;

/// <summary>What every plane and view of pixels must satisfy.</summary>
internal static class PlaneShape
{
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
}
