using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

/// <summary>Frames and their pixels for the tests of this room.</summary>
internal static class Images
{
    public static Frame NewFrame() => new FramePool<Frame>(1).TryRent()!;

    /// <summary>Opens the source, reads past some frames and returns the next; closes the source.</summary>
    public static Frame Read(IFrameSource source, int skip)
    {
        using (source)
        {
            source.Open(CancellationToken.None);
            Frame frame = NewFrame();
            for (int i = 0; i <= skip; i++)
            {
                Assert.True(source.Read(frame));
            }

            return frame;
        }
    }

    /// <summary>Opens the source and returns the pixels of all its frames.</summary>
    public static byte[] ReadAll(IFrameSource source)
    {
        source.Open(CancellationToken.None);
        return ReadOn(source);
    }

    /// <summary>The pixels of all frames that an open source still has.</summary>
    public static byte[] ReadOn(IFrameSource source)
    {
        using var pixels = new MemoryStream();
        using Frame frame = NewFrame();
        while (source.Read(frame))
        {
            pixels.Write(Bytes(frame));
        }

        return pixels.ToArray();
    }

    public static byte[] Bytes(Frame frame)
    {
        byte[] pixels = new byte[frame.Luma.Width * frame.Luma.Height];
        for (int y = 0; y < frame.Luma.Height; y++)
        {
            frame.Luma.Row(y).CopyTo(pixels.AsSpan(y * frame.Luma.Width));
        }

        return pixels;
    }
}
