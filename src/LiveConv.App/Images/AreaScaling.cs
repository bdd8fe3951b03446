namespace LiveConv.App;

/// <summary>Scales images to a size: each pixel is the mean of the rectangle that it covers, parts of pixels counted as parts.</summary>
internal static class AreaScaling
{
    /// <summary>Scales an image, whatever the ratio of its sides.</summary>
    /// <param name="image">(height, width), 0 to 255.</param>
    /// <param name="width">The new width, at least 1.</param>
    /// <param name="height">The new height, at least 1.</param>
    /// <returns>The pixels, row by row, rounded half to even.</returns>
    public static byte[] Scale(NumberArray image, int width, int height)
    {
        (int rows, int columns) = (image.Shape[0], image.Shape[1]);
        double[] narrow = new double[rows * width];
        for (int x = 0; x < width; x++)
        {
            foreach ((int from, double part) in Parts(x, width, columns))
            {
                for (int y = 0; y < rows; y++)
                {
                    narrow[(y * width) + x] += image.Values[(y * columns) + from] * part;
                }
            }
        }

        byte[] pixels = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            double[] sums = new double[width];
            foreach ((int from, double part) in Parts(y, height, rows))
            {
                for (int x = 0; x < width; x++)
                {
                    sums[x] += narrow[(from * width) + x] * part;
                }
            }

            for (int x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = (byte)Math.Clamp(Math.Round(sums[x], MidpointRounding.ToEven), 0, 255);
            }
        }

        return pixels;
    }

    // Which pixels of a side one of the new ones covers, and which fraction of it each is.
    private static IEnumerable<(int From, double Part)> Parts(int at, int count, int length)
    {
        // In units of 1 / count of an old pixel, where both ends are whole.
        long start = (long)at * length, end = start + length;
        for (long from = start / count; from * count < end; from++)
        {
            long covered = Math.Min(end, (from + 1) * count) - Math.Max(start, from * count);
            yield return ((int)from, (double)covered / length);
        }
    }
}
