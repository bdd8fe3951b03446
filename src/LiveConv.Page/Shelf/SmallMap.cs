using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>A small map, as messages have it.</summary>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
/// <param name="Pixels">One byte a pixel, row by row, in base64.</param>
internal sealed record SmallMap(int Width, int Height, string Pixels)
{
    /// <summary>The longest side on the shelf.</summary>
    public const int MaxSide = 160;

    /// <summary>A plane, made smaller if it is too large.</summary>
    public static SmallMap Of(Plane<byte> plane)
    {
        int factor = SmallImage.FactorFor(plane.Width, plane.Height, MaxSide);
        (int width, int height) = SmallImage.SizeOf(plane.Width, plane.Height, factor);
        using var small = new Plane<byte>(width, height);
        SmallImage.Fill(plane, factor, small);
        byte[] pixels = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            small.Row(y).CopyTo(pixels.AsSpan(y * width));
        }

        return new SmallMap(width, height, Convert.ToBase64String(pixels));
    }
}
