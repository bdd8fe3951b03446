namespace LiveConv.Media;

/// <summary>The static part of the test scene: a flat sky, and below it ground whose texture gets coarser towards the viewer.</summary>
internal static class SceneGround
{
    private const double Grain = 26;

    /// <summary>Draws sky and ground.</summary>
    /// <param name="layout">Size and horizon.</param>
    /// <param name="right">How far the ground is moved to the left, in grains of its texture.</param>
    /// <param name="ahead">How far it is moved to the viewer.</param>
    /// <returns>The image, row by row, without padding.</returns>
    public static byte[] Draw(SceneLayout layout, double right = 0, double ahead = 0)
    {
        byte[] image = new byte[layout.Width * layout.Height];
        image.AsSpan(0, layout.Horizon * layout.Width).Fill(SceneLayout.SkyLuma);
        for (int y = layout.Horizon; y < layout.Height; y++)
        {
            DrawRow(image.AsSpan(y * layout.Width, layout.Width), y - layout.Horizon, layout, right, ahead);
        }

        return image;
    }

    private static void DrawRow(Span<byte> row, int below, SceneLayout layout, double right, double ahead)
    {
        // A plane in perspective: the distance of a point d rows below the horizon is 1/d.
        double near = (below + 8.0) / (layout.Height - layout.Horizon + 8.0);
        double depth = 34 / near + ahead;
        double scale = Grain / (near * row.Length);
        for (int x = 0; x < row.Length; x++)
        {
            double across = (x - row.Length / 2.0) * scale + right;
            double value = 92 + 26 * near + 46 * (Noise(across, depth) - 0.5) + 26 * near * (Noise(across * 3.1, depth * 3.1) - 0.5);
            row[x] = (byte)Math.Clamp(value, 0, 255);
        }
    }

    // Value noise: random values at whole coordinates, smooth between them.
    private static double Noise(double x, double y)
    {
        double left = Math.Floor(x);
        double top = Math.Floor(y);
        double u = Smooth(x - left);
        double v = Smooth(y - top);
        int column = (int)left;
        int line = (int)top;
        double above = Mix(Random(column, line), Random(column + 1, line), u);
        double below = Mix(Random(column, line + 1), Random(column + 1, line + 1), u);
        return Mix(above, below, v);
    }

    private static double Random(int x, int y)
    {
        uint hash = (uint)x * 0x9E3779B1u ^ (uint)y * 0x85EBCA77u;
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
        hash = (hash ^ (hash >> 12)) * 0x297A2D39u;
        return (hash ^ (hash >> 15)) / (double)uint.MaxValue;
    }

    private static double Smooth(double t) => t * t * (3 - 2 * t);

    private static double Mix(double a, double b, double t) => a + (b - a) * t;
}
