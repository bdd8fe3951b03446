using System.Diagnostics;
using LiveConv.Media.Jpeg;
using LiveConv.Pipeline;

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
        Skip.IfNot(TurboJpeg.IsInstalled, "libturbojpeg is not installed");
        using var decoder = new TurboJpegLuma();

        AssertDecodes(decoder, pixels, width, height);
    }

    [SkippableFact]
    public void TurboJpeg_DamagedPictures_AreRefused()
    {
        Skip.IfNot(TurboJpeg.IsInstalled, "libturbojpeg is not installed");
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
        Skip.IfNot(TurboJpeg.IsInstalled, "libturbojpeg is not installed");
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
    public void LooksWhole_TellsCutPicturesFromPaddedOnes()
    {
        byte[] jpeg = Encode("yuvj422p", 64, 48);

        Assert.True(JpegFrame.LooksWhole(jpeg));
        Assert.True(JpegFrame.LooksWhole([.. jpeg, .. new byte[100]]));
        Assert.False(JpegFrame.LooksWhole(jpeg.AsSpan(0, jpeg.Length - 1)));
        Assert.False(JpegFrame.LooksWhole(jpeg.AsSpan(1)));
        Assert.False(JpegFrame.LooksWhole([]));
        Assert.False(JpegFrame.LooksWhole([0xff, 0xd8, 0xff]));
    }

    private void AssertDecodes(IJpegLuma decoder, string pixels, int width, int height)
    {
        byte[] jpeg = Encode(pixels, width, height);
        byte[] expected = FFmpeg(jpeg, "-f", "mjpeg", "-i", "-", "-vf", pixels == "gray" ? "null" : "extractplanes=y", "-f", "rawvideo", "-");

        Assert.True(decoder.Decode(jpeg, frame));
        Assert.Equal((width, height), (frame.Luma.Width, frame.Luma.Height));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Assert.InRange(frame.Luma.Row(y)[x] - expected[(y * width) + x], -2, 2);
            }
        }
    }

    private static byte[] Encode(string pixels, int width, int height) => FFmpeg(
        [], "-f", "lavfi", "-i", $"testsrc=size={width}x{height}", "-frames:v", "1", "-pix_fmt", pixels, "-c:v", "mjpeg", "-f", "mjpeg", "-");

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
