using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>An image reduced to a few cells, each the mean of its pixels.</summary>
internal static class ReducedImage
{
    // What is a whole number but for the rounding of its computation.
    private const double Rounding = 1e-9;

    /// <summary>Reduces the largest part in the middle of an image that has the cells' shape.</summary>
    /// <param name="image">The image.</param>
    /// <param name="width">Columns of cells, at least 1.</param>
    /// <param name="height">Rows of cells, at least 1.</param>
    /// <returns>Rows of means, rounded; a cell of an image with fewer pixels is the pixel at its place.</returns>
    public static int[][] Of(Plane<byte> image, int width, int height)
    {
        double side = Math.Min((double)image.Width / width, (double)image.Height / height);
        double left = (image.Width - (side * width)) / 2;
        double top = (image.Height - (side * height)) / 2;
        var rows = new int[height][];
        for (int y = 0; y < height; y++)
        {
            rows[y] = new int[width];
            Range cellRows = Part(top + (y * side), side, image.Height);
            for (int x = 0; x < width; x++)
            {
                rows[y][x] = SmallImage.MeanOf(image, cellRows, Part(left + (x * side), side, image.Width));
            }
        }

        return rows;
    }

    private static Range Part(double from, double length, int limit)
    {
        int first = Math.Clamp((int)(from + Rounding), 0, limit - 1);
        return first..Math.Clamp((int)(from + length + Rounding), first + 1, limit);
    }
}
