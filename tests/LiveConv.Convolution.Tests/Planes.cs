namespace LiveConv.Convolution.Tests;

/// <summary>Planes from arrays and back.</summary>
internal static class Planes
{
    public static Plane<T> From<T>(T[,] pixels)
        where T : unmanaged
    {
        var plane = new Plane<T>(pixels.GetLength(1), pixels.GetLength(0));
        for (int y = 0; y < plane.Height; y++)
        {
            for (int x = 0; x < plane.Width; x++)
            {
                plane.Row(y)[x] = pixels[y, x];
            }
        }

        return plane;
    }

    public static T[,] ToArray<T>(Plane<T> plane)
        where T : unmanaged
    {
        var pixels = new T[plane.Height, plane.Width];
        for (int y = 0; y < plane.Height; y++)
        {
            for (int x = 0; x < plane.Width; x++)
            {
                pixels[y, x] = plane.Row(y)[x];
            }
        }

        return pixels;
    }

    public static byte[,] Random(Random random, int width, int height)
    {
        var pixels = new byte[height, width];
        byte[] flat = new byte[width * height];
        random.NextBytes(flat);
        Buffer.BlockCopy(flat, 0, pixels, 0, flat.Length);
        return pixels;
    }
}
