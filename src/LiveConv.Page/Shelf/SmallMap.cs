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
        using Plane<byte> small = SmallImage.Of(plane, MaxSide);
        return From(small);
    }

    /// <summary>A small plane.</summary>
    public static SmallMap From(Plane<byte> small)
    {
        byte[] pixels = new byte[small.Width * small.Height];
        small.CopyTo(pixels);
        return new SmallMap(small.Width, small.Height, Convert.ToBase64String(pixels));
    }
}
