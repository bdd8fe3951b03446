using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>Makes small images of a layer's maps. A pixel is the strongest value of its part of the map, so that thin edges stay.</summary>
internal sealed class MapScaler
{
    /// <summary>Finds the scale of a layer.</summary>
    /// <param name="maps">Its maps.</param>
    public MapScaler(IEnumerable<Plane<float>> maps)
    {
        float max = 0;
        float min = 0;
        foreach (Plane<float> map in maps)
        {
            for (int y = 0; y < map.Height; y++)
            {
                foreach (float value in map.Row(y))
                {
                    max = value > max ? value : max;
                    min = value < min ? value : min;
                }
            }
        }

        IsSigned = min < 0;
        Scale = Round(Math.Max(max, -min));
    }

    /// <summary>The value that is brightest.</summary>
    public float Scale { get; }

    /// <summary>There are negative values.</summary>
    public bool IsSigned { get; }

    /// <summary>The size of a small image.</summary>
    /// <param name="size">The map's size.</param>
    /// <param name="maxWidth">Columns of the image, at most.</param>
    public static ImageSize SizeOf(ImageSize size, int maxWidth)
    {
        int width = Math.Min(size.Width, maxWidth);
        return new ImageSize(width, Math.Max(1, (int)((long)size.Height * width / size.Width)));
    }

    /// <summary>A small image of an 8-bit image, of means.</summary>
    public static SmallMap Small(Plane<byte> image, int maxWidth) => Small(image.Width, image.Height, maxWidth, (rows, columns) =>
    {
        int sum = 0;
        for (int y = rows.First; y < rows.End; y++)
        {
            foreach (byte value in image.Row(y)[columns.First..columns.End])
            {
                sum += value;
            }
        }

        return (byte)(sum / ((rows.End - rows.First) * (columns.End - columns.First)));
    });

    /// <summary>A small image of a map.</summary>
    public SmallMap Small(Plane<float> map, int maxWidth) => Small(map.Width, map.Height, maxWidth, (rows, columns) =>
    {
        float strongest = 0;
        for (int y = rows.First; y < rows.End; y++)
        {
            foreach (float value in map.Row(y)[columns.First..columns.End])
            {
                strongest = Math.Abs(value) > Math.Abs(strongest) ? value : strongest;
            }
        }

        return PixelOf(strongest);
    });

    private static SmallMap Small(int width, int height, int maxWidth, Func<(int First, int End), (int First, int End), byte> pixelOf)
    {
        ImageSize size = SizeOf(new ImageSize(width, height), maxWidth);
        var pixels = new byte[size.Width * size.Height];
        for (int y = 0; y < size.Height; y++)
        {
            (int, int) rows = Part(y, size.Height, height);
            for (int x = 0; x < size.Width; x++)
            {
                pixels[(y * size.Width) + x] = pixelOf(rows, Part(x, size.Width, width));
            }
        }

        return new SmallMap(size.Width, size.Height, Convert.ToBase64String(pixels));
    }

    private static (int First, int End) Part(int at, int parts, int length) =>
        ((int)((long)at * length / parts), (int)((at + 1L) * length / parts));

    // 1, 2 or 5 times a power of ten, so that the brightness does not change with every image.
    private static float Round(float value)
    {
        if (!(value > 0) || !float.IsFinite(value))
        {
            return 1;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double part = value / power;
        double step = part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10;
        return (float)(step * power);
    }

    private byte PixelOf(float value)
    {
        float part = float.IsNaN(value) ? 0 : Math.Clamp(value / Scale, -1, 1);
        return (byte)(IsSigned ? 128 + MathF.Round(127 * part) : MathF.Round(255 * part));
    }
}
