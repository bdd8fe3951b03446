namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>The frames that the camera plays, as another program makes or decodes them.</summary>
internal static class ClipFrames
{
    private const int Sample = 101;

    /// <summary>The newest picture of a YUYV camera is, byte by byte, one of the clip's.</summary>
    public static void AssertShowsYuyv(Reader reader)
    {
        (byte[] luma, int width, int height) = reader.Newest();
        byte[] clip = File.ReadAllBytes($"/camera/frames.yuyv422.{width}x{height}");
        byte[] all = [.. clip.Where((_, i) => i % 2 == 0)];
        Assert.Contains(Enumerable.Range(0, all.Length / luma.Length), i => all.AsSpan(i * luma.Length, luma.Length).SequenceEqual(luma));
    }

    /// <summary>
    /// The newest picture of an MJPG camera is one of the clip's as ffmpeg decodes it. Decoders may round differently, so no pixel
    /// may be further off than this.
    /// </summary>
    public static void AssertShowsJpeg(Reader reader, int mostDifference)
    {
        (byte[] luma, int width, int height) = reader.Newest();
        Shell.Run($"ffmpeg -v error -nostdin -y -f mjpeg -i /camera/frames.mjpeg.{width}x{height} -vf extractplanes=y -f rawvideo /tmp/clip.gray");
        byte[] all = File.ReadAllBytes("/tmp/clip.gray");
        int[] differences = [.. Enumerable.Range(0, all.Length / luma.Length)
            .Where(i => Difference(all.AsSpan(i * luma.Length, luma.Length), luma, Sample) <= mostDifference)
            .Select(i => Difference(all.AsSpan(i * luma.Length, luma.Length), luma, 1))];
        Assert.InRange(differences.DefaultIfEmpty(byte.MaxValue).Min(), 0, mostDifference);
    }

    private static int Difference(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, int step)
    {
        int most = 0;
        for (int i = 0; i < one.Length; i += step)
        {
            most = Math.Max(most, Math.Abs(one[i] - other[i]));
        }

        return most;
    }
}
