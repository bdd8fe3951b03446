using System.Diagnostics;
using LiveConv.Pipeline;
using LiveConv.TurboJpeg;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>JPEGs that ffmpeg encodes, decoded by each of our ways and compared with ffmpeg's own decoding.</summary>
public sealed class JpegLumaTests : IDisposable
{
    private readonly FramePool<Frame> pool = new(1);
    private readonly Frame frame;

    public JpegLumaTests() => frame = pool.TryRent()!;

    public void Dispose()
    {
        frame.Dispose();
        pool.Dispose();
    }

    [SkippableTheory]
    [InlineData("yuvj422p", 320, 240)]
    [InlineData("yuvj420p", 322, 242)]
    [InlineData("yuvj444p", 321, 243)]
    [InlineData("gray", 64, 48)]
    public void TurboJpeg_DecodesTheLumaAsFFmpegDoes(string pixels, int width, int height)
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        using var decoder = new TurboJpegLuma();

        AssertDecodes(decoder, pixels, width, height);
    }

    [SkippableTheory]
    [InlineData("zeros")]
    [InlineData("ones")]
    [InlineData("an older image's remains")]
    public void TurboJpeg_PaddedImage_IsTheSame(string padding)
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        byte[] jpeg = Encode("yuvj422p", 320, 240);
        using var decoder = new TurboJpegLuma();
        byte[] behind = padding switch
        {
            "zeros" => new byte[500],
            "ones" => [.. Enumerable.Repeat((byte)0xff, 500)],
            _ => jpeg[(jpeg.Length / 2)..],
        };

        AssertDecodes(decoder, jpeg, [.. jpeg, .. behind], 320, 240);
    }

    [SkippableFact]
    public void TurboJpeg_WithoutHuffmanTables_TakesTheUsualOnes()
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        byte[] jpeg = Encode("yuvj422p", 320, 240, "-huffman", "default");
        byte[] bare = WithoutTables(jpeg);
        using var decoder = new TurboJpegLuma();

        Assert.InRange(bare.Length, 1, jpeg.Length - 400);
        AssertDecodes(decoder, jpeg, bare, 320, 240);
    }

    [SkippableFact]
    public void TurboJpeg_DamagedImages_AreRefused()
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        byte[] jpeg = Encode("yuvj422p", 320, 240);
        using var decoder = new TurboJpegLuma();
        byte[] noHuffman = [.. jpeg];
        Array.Clear(noHuffman, 2, 400);

        Assert.False(decoder.Decode(jpeg.AsSpan(0, jpeg.Length / 2), frame));
        Assert.False(decoder.Decode(noHuffman, frame));
        Assert.True(decoder.Decode(jpeg, frame));
    }

    [SkippableFact]
    public void TurboJpeg_AnyBytes_NeverCrash()
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        byte[] jpeg = Encode("yuvj422p", 64, 48);
        using var decoder = new TurboJpegLuma();
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            byte[] broken = [.. jpeg];
            for (int n = 0; n < 4; n++)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            _ = decoder.Decode(broken, frame);
        }

        Assert.True(decoder.Decode(jpeg, frame));
    }

    [SkippableFact]
    public void LooksWhole_TellsCutImagesFromPaddedOnes()
    {
        byte[] jpeg = Encode("yuvj422p", 64, 48);

        Assert.True(JpegFrame.LooksWhole(jpeg));
        Assert.True(JpegFrame.LooksWhole([.. jpeg, .. new byte[100]]));
        Assert.True(JpegFrame.LooksWhole([.. jpeg, .. Enumerable.Repeat((byte)0xff, 100)]));
        Assert.True(JpegFrame.LooksWhole([.. jpeg, .. jpeg[40..^2]]));
        Assert.False(JpegFrame.LooksWhole(jpeg.AsSpan(0, jpeg.Length - 1)));
        Assert.False(JpegFrame.LooksWhole(jpeg.AsSpan(1)));
        Assert.False(JpegFrame.LooksWhole([]));
        Assert.False(JpegFrame.LooksWhole([0xff, 0xd8, 0xff]));
    }

    private void AssertDecodes(IJpegLuma decoder, string pixels, int width, int height)
    {
        byte[] jpeg = Encode(pixels, width, height);
        AssertDecodes(decoder, jpeg, jpeg, width, height);
    }

    // What our decoder makes of one JPEG is what ffmpeg makes of the other.
    private void AssertDecodes(IJpegLuma decoder, byte[] forFFmpeg, byte[] forUs, int width, int height)
    {
        byte[] expected = FFmpeg(forFFmpeg, "-f", "mjpeg", "-i", "-", "-vf", "extractplanes=y", "-f", "rawvideo", "-");

        Assert.True(JpegFrame.LooksWhole(forUs));
        Assert.True(decoder.Decode(forUs, frame));
        Assert.Equal((width, height), (frame.Luma.Width, frame.Luma.Height));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Assert.InRange(frame.Luma.Row(y)[x] - expected[(y * width) + x], -2, 2);
            }
        }
    }

    private static byte[] Encode(string pixels, int width, int height, params string[] more) => FFmpeg(
        [], ["-f", "lavfi", "-i", $"testsrc=size={width}x{height}", "-frames:v", "1", "-pix_fmt", pixels, "-c:v", "mjpeg", .. more, "-f",
        "mjpeg", "-"]);

    // Many webcams leave the Huffman tables out, for MJPG has always the same ones.
    private static byte[] WithoutTables(byte[] jpeg)
    {
        List<byte> bare = [.. jpeg.AsSpan(0, 2)];
        int at = 2;
        while (jpeg[at + 1] != 0xda)
        {
            int length = 2 + (jpeg[at + 2] << 8) + jpeg[at + 3];
            if (jpeg[at + 1] != 0xc4)
            {
                bare.AddRange(jpeg.AsSpan(at, length));
            }

            at += length;
        }

        return [.. bare, .. jpeg.AsSpan(at)];
    }

    private static byte[] FFmpeg(byte[] input, params string[] arguments)
    {
        Skip.If(FFmpegTool.Find() is null, "ffmpeg is not installed");
        using Process process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var output = new MemoryStream();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return output.ToArray();
    }
}
