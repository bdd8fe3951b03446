using System.Runtime.CompilerServices;
using LiveConv.Convolution;

namespace LiveConv.Media;

/// <summary>Draws the moving objects of the test scene, clipped at the image's edge and with antialiased outlines.</summary>
internal static class SceneBrush
{
    private const float BatLuma = 48;

    public static void Fill(PlaneView<byte> image, SceneLayout.Box box, byte luma)
    {
        (int left, int right) = Clip(box.X, box.X + box.Width, image.Width);
        (int top, int bottom) = Clip(box.Y, box.Y + box.Height, image.Height);
        for (int y = top; y < bottom; y++)
        {
            image.Row(y)[left..right].Fill(luma);
        }
    }

    // Fully optimized at the first call, like the bat: otherwise the first images of a run would be late.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DrawBall(PlaneView<byte> image, SceneLayout.Ball ball)
    {
        (int left, int right) = Clip(ball.X - ball.Radius - 1, ball.X + ball.Radius + 2, image.Width);
        (int top, int bottom) = Clip(ball.Y - ball.Radius - 1, ball.Y + ball.Radius + 2, image.Height);
        (float sin, float cos) = (ball.SpinSin, ball.SpinCos);
        float radius = (float)ball.Radius;
        for (int y = top; y < bottom; y++)
        {
            Span<byte> row = image.Row(y);
            float dy = (float)(y - ball.Y);
            for (int x = left; x < right; x++)
            {
                float dx = (float)(x - ball.X);
                float distance = MathF.Sqrt(dx * dx + dy * dy);
                float seam = MathF.Abs(dx * sin + dy * cos) - 0.1f * radius;
                float shade = 225 - 50 * (distance / radius) * (distance / radius) - 110 * Cover(seam);
                row[x] = Blend(row[x], shade, Cover(distance - radius));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DrawBat(PlaneView<byte> image, SceneLayout.Bat bat)
    {
        double reach = bat.ThickRadius + 1;
        (int left, int right) = Clip(Math.Min(bat.X0, bat.X1) - reach, Math.Max(bat.X0, bat.X1) + reach + 1, image.Width);
        (int top, int bottom) = Clip(Math.Min(bat.Y0, bat.Y1) - reach, Math.Max(bat.Y0, bat.Y1) + reach + 1, image.Height);
        float axisX = (float)(bat.X1 - bat.X0);
        float axisY = (float)(bat.Y1 - bat.Y0);
        float perLength = 1 / (axisX * axisX + axisY * axisY);
        for (int y = top; y < bottom; y++)
        {
            Span<byte> row = image.Row(y);
            float dy = (float)(y - bat.Y0);
            for (int x = left; x < right; x++)
            {
                float dx = (float)(x - bat.X0);
                float along = Math.Clamp((dx * axisX + dy * axisY) * perLength, 0, 1);
                float awayX = dx - along * axisX;
                float awayY = dy - along * axisY;
                float radius = (float)(bat.ThinRadius + (bat.ThickRadius - bat.ThinRadius) * along);
                row[x] = Blend(row[x], BatLuma, Cover(MathF.Sqrt(awayX * awayX + awayY * awayY) - radius));
            }
        }
    }

    // The fraction of a pixel inside a shape whose outline is at this distance (negative: inside).
    private static float Cover(float distance) => Math.Clamp(0.5f - distance, 0, 1);

    private static byte Blend(byte under, float over, float cover) => (byte)(under + (over - under) * cover + 0.5f);

    private static (int From, int To) Clip(double from, double to, int length)
    {
        int first = (int)Math.Clamp(from, 0, length);
        return (first, (int)Math.Clamp(to, first, length));
    }
}
