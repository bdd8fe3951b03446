using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>
/// Images made as small as one likes, each pixel the mean of a rectangle, rounded half up. What a page draws many times a second is reduced
/// by <see cref="Reduction"/>, which does the same faster and no further than to a sixteenth.
/// </summary>
internal static class SmallImage
{
    /// <summary>The sides of an image that is made smaller by a whole number, so that none is longer than this.</summary>
    /// <param name="width">Width of the image.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="maxSide">The longest side of the small image.</param>
    public static (int Width, int Height) SizeFor(int width, int height, int maxSide)
    {
        int factor = Math.Max(1, (Math.Max(width, height) + maxSide - 1) / maxSide);
        return (Math.Max(1, width / factor), Math.Max(1, height / factor));
    }

    /// <summary>A small image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="maxSide">The longest side of the small image.</param>
    /// <returns>It, for the caller to dispose.</returns>
    public static Plane<byte> Of(Plane<byte> image, int maxSide)
    {
        (int width, int height) = SizeFor(image.Width, image.Height, maxSide);
        var small = new Plane<byte>(width, height);
        Fill(image, small);
        return small;
    }

    /// <summary>Fills a small image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="small">Receives it; no larger than the image.</param>
    public static void Fill(Plane<byte> image, Plane<byte> small)
    {
        for (int y = 0; y < small.Height; y++)
        {
            Span<byte> row = small.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = MeanOf(image, Part(y, small.Height, image.Height), Part(x, small.Width, image.Width));
            }
        }
    }

    /// <summary>Which pixels of a side become one.</summary>
    /// <param name="at">Its place.</param>
    /// <param name="parts">How many the side becomes.</param>
    /// <param name="length">How many it has, at least as many.</param>
    public static Range Part(int at, int parts, int length) =>
        (int)((long)at * length / parts)..(int)((at + 1L) * length / parts);

    /// <summary>The mean of a rectangle.</summary>
    /// <param name="image">The image.</param>
    /// <param name="rows">Its rows, at least one.</param>
    /// <param name="columns">Its columns, at least one.</param>
    public static byte MeanOf(Plane<byte> image, Range rows, Range columns)
    {
        long sum = 0;
        for (int y = rows.Start.Value; y < rows.End.Value; y++)
        {
            foreach (byte pixel in image.Row(y)[columns])
            {
                sum += pixel;
            }
        }

        long count = (long)(rows.End.Value - rows.Start.Value) * (columns.End.Value - columns.Start.Value);
        return (byte)((sum + (count / 2)) / count);
    }
}
