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
    public static SmallMap Small(Plane<byte> image, int maxWidth)
    {
        ImageSize size = SizeOf(new ImageSize(image.Width, image.Height), maxWidth);
        using var small = new Plane<byte>(size.Width, size.Height);
        SmallImage.Fill(image, small);
        return SmallMap.From(small);
    }

    /// <summary>A small image of a map.</summary>
    public SmallMap Small(Plane<float> map, int maxWidth)
    {
        ImageSize size = SizeOf(new ImageSize(map.Width, map.Height), maxWidth);
        using var small = new Plane<byte>(size.Width, size.Height);
        Draw(map, small);
        return SmallMap.From(small);
    }

    /// <summary>Draws a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="small">Receives it; no larger than the map.</param>
    public void Draw(Plane<float> map, Plane<byte> small)
    {
        for (int y = 0; y < small.Height; y++)
        {
            Range rows = SmallImage.Part(y, small.Height, map.Height);
            Span<byte> row = small.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = PixelOf(StrongestOf(map, rows, SmallImage.Part(x, row.Length, map.Width)));
            }
        }
    }

    private static float StrongestOf(Plane<float> map, Range rows, Range columns)
    {
        float strongest = 0;
        for (int y = rows.Start.Value; y < rows.End.Value; y++)
        {
            foreach (float value in map.Row(y)[columns])
            {
                strongest = Math.Abs(value) > Math.Abs(strongest) ? value : strongest;
            }
        }

        return strongest;
    }

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
