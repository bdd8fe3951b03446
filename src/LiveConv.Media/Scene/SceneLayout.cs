namespace LiveConv.Media;

/// <summary>The positions of all objects in the test scene at a time. They scale with the image.</summary>
/// <param name="Width">Width of the image in pixels.</param>
/// <param name="Height">Height of the image in pixels.</param>
internal sealed record SceneLayout(int Width, int Height)
{
    public const byte SkyLuma = 150;
    public const byte BarLuma = 235;

    /// <summary>First row of the ground.</summary>
    public int Horizon => (int)(Height * 0.58);

    /// <summary>The bar whose long sides are vertical edges; moves left and right in front of the sky.</summary>
    public Box UprightBarAt(double seconds)
    {
        int thickness = Math.Max(2, Width / 40);
        int left = (int)((0.13 + 0.07 * Swing(seconds, 7)) * Width) - thickness / 2;
        return new Box(left, (int)(0.06 * Height), thickness, (int)(0.44 * Height));
    }

    /// <summary>The bar whose long sides are horizontal edges; moves up and down in front of the sky.</summary>
    public Box LevelBarAt(double seconds)
    {
        int thickness = Math.Max(2, Width / 40);
        int top = (int)((0.27 + 0.17 * Swing(seconds, 5)) * Height) - thickness / 2;
        return new Box((int)(0.74 * Width), top, (int)(0.22 * Width), thickness);
    }

    public Ball BallAt(double seconds)
    {
        double bounce = Math.Abs(Math.Sin(Math.PI * seconds / 1.2));
        (float sin, float cos) = MathF.SinCos((float)(seconds * 2.6));
        return new Ball(
            (0.48 + 0.15 * Swing(seconds, 6.4)) * Width,
            (0.80 - 0.58 * bounce) * Height,
            Math.Max(1, 0.075 * Math.Min(Width, Height)),
            sin,
            cos);
    }

    public Bat BatAt(double seconds)
    {
        double angle = -Math.PI / 2 + 0.9 * Swing(seconds, 2.4);
        double length = 0.34 * Math.Min(Width, Height);
        (double sin, double cos) = Math.SinCos(angle);
        double handleX = 0.5 * Width;
        double handleY = 0.96 * Height;
        return new Bat(handleX, handleY, handleX + length * cos, handleY + length * sin, 0.016 * Height, 0.045 * Height);
    }

    private static double Swing(double seconds, double period) => Math.Sin(2 * Math.PI * seconds / period);

    /// <summary>A rectangle in pixels; may extend beyond the image.</summary>
    internal readonly record struct Box(int X, int Y, int Width, int Height);

    /// <summary>A ball with a seam, in pixels, and the sine and cosine of the seam's angle.</summary>
    internal readonly record struct Ball(double X, double Y, double Radius, float SpinSin, float SpinCos);

    /// <summary>A bat from its handle to its thick end, in pixels.</summary>
    internal readonly record struct Bat(double X0, double Y0, double X1, double Y1, double ThinRadius, double ThickRadius);
}
