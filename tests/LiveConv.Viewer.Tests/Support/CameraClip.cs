namespace LiveConv.Viewer.Tests;

/// <summary>The video that Chromium's fake camera plays: one still image, 640x480, as Y4M.</summary>
internal static class CameraClip
{
    public const int Width = 640;
    public const int Height = 480;

    /// <summary>The luma of the image: a slope with a bar in it, within video range.</summary>
    public static byte Luma(int x, int y) => (byte)(x is > 300 and < 340 ? 220 : 20 + ((x + (2 * y)) % 180));

    public static string Write()
    {
        string path = Path.Combine(Path.GetTempPath(), $"liveconv-camera-{Guid.NewGuid():N}.y4m");
        using FileStream file = File.Create(path);
        file.Write("YUV4MPEG2 W640 H480 F30:1 Ip A1:1 C420jpeg\n"u8);
        for (int frame = 0; frame < 3; frame++)
        {
            file.Write("FRAME\n"u8);
            for (int y = 0; y < Height; y++)
            {
                file.Write([.. Enumerable.Range(0, Width).Select(x => Luma(x, y))]);
            }

            file.Write([.. Enumerable.Repeat((byte)128, Width * Height / 2)]);
        }

        return path;
    }
}
