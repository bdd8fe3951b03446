namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>The frames that the camera plays, as another program makes or decodes them.</summary>
internal static class ClipFrames
{
    private const int Sample = 101;

    /// <summary>The newest image of a YUYV camera is, byte by byte, one of the clip's.</summary>
    public static void AssertShowsYuyv(Reader reader)
    {
        (byte[] luma, int width, int height) = reader.Newest();
        byte[] clip = File.ReadAllBytes($"/camera/frames.yuyv422.{width}x{height}");
        Assert.Contains(Enumerable.Range(0, clip.Length / (2 * luma.Length)), i => IsLumaOf(clip.AsSpan(2 * i * luma.Length), luma));
    }

    /// <summary>
    /// The newest image of an MJPG camera is one of the clip's as ffmpeg decodes it. Decoders may round differently, so no pixel
    /// may be further off than this.
    /// </summary>
    public static void AssertShowsJpeg(Reader reader, int maxDifference)
    {
        (byte[] luma, int width, int height) = reader.Newest();
        byte[] all = File.ReadAllBytes($"/camera/frames.mjpeg.{width}x{height}.gray");
        int[] differences = [.. Enumerable.Range(0, all.Length / luma.Length)
            .Where(i => Difference(all.AsSpan(i * luma.Length, luma.Length), luma, Sample) <= maxDifference)
            .Select(i => Difference(all.AsSpan(i * luma.Length, luma.Length), luma, 1))];
        Assert.InRange(differences.DefaultIfEmpty(byte.MaxValue).Min(), 0, maxDifference);
    }

    private static bool IsLumaOf(ReadOnlySpan<byte> yuyv, ReadOnlySpan<byte> luma)
    {
        int i = 0;
        while (i < luma.Length && yuyv[2 * i] == luma[i])
        {
            i++;
        }

        return i == luma.Length;
    }

    private static int Difference(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, int step)
    {
        int max = 0;
        for (int i = 0; i < one.Length; i += step)
        {
            max = Math.Max(max, Math.Abs(one[i] - other[i]));
        }

        return max;
    }
}
