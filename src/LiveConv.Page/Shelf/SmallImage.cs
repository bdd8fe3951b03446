using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>Images made smaller by a whole number, each pixel the mean of a square.</summary>
internal static class SmallImage
{
    /// <summary>How many times smaller an image has to be so that no side is longer than this.</summary>
    /// <param name="width">Width of the image.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="maxSide">The longest side of the small image.</param>
    public static int FactorFor(int width, int height, int maxSide) => Math.Max(1, (Math.Max(width, height) + maxSide - 1) / maxSide);

    /// <summary>The sides of an image that is made smaller: what is left over at the right and at the bottom is cut off.</summary>
    /// <param name="width">Width of the image.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="factor">How many times smaller.</param>
    public static (int Width, int Height) SizeOf(int width, int height, int factor) =>
        (Math.Max(1, width / factor), Math.Max(1, height / factor));

    /// <summary>A small image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="maxSide">The longest side of the small image.</param>
    /// <returns>It, for the caller to dispose.</returns>
    public static Plane<byte> Of(Plane<byte> image, int maxSide)
    {
        int factor = FactorFor(image.Width, image.Height, maxSide);
        (int width, int height) = SizeOf(image.Width, image.Height, factor);
        var small = new Plane<byte>(width, height);
        Fill(image, factor, small);
        return small;
    }

    /// <summary>Fills a small image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="factor">How many times smaller.</param>
    /// <param name="small">Receives it: of the size that <see cref="SizeOf"/> has.</param>
    public static void Fill(Plane<byte> image, int factor, Plane<byte> small)
    {
        for (int y = 0; y < small.Height; y++)
        {
            Span<byte> row = small.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = MeanOf(image, x * factor, y * factor, factor);
            }
        }
    }

    // A strip that is thinner than the square has the pixels that it has.
    private static byte MeanOf(Plane<byte> image, int left, int top, int side)
    {
        int right = Math.Min(left + side, image.Width);
        int bottom = Math.Min(top + side, image.Height);
        int sum = 0;
        for (int y = top; y < bottom; y++)
        {
            foreach (byte pixel in image.Row(y)[left..right])
            {
                sum += pixel;
            }
        }

        int count = (right - left) * (bottom - top);
        return (byte)((sum + (count / 2)) / count);
    }
}
