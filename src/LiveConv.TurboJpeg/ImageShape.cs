namespace LiveConv.TurboJpeg;

/// <summary>The library does not check bounds: sizes are checked against the memory before calling it.</summary>
internal static class ImageShape
{
    public static void Check(int length, int width, int height, int pitch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pitch, width);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, ((long)pitch * (height - 1)) + width);
    }
}
