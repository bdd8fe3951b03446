namespace LiveConv.TurboJpeg.Tests;

/// <summary>What the encoder writes, the decoder reads.</summary>
public class RoundTripTests
{
    [SkippableTheory]
    [InlineData(1, 1, 1)]
    [InlineData(64, 48, 64)]
    [InlineData(321, 243, 400)]
    public void Decode_EncodedImage_IsCloseToIt(int width, int height, int pitch)
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        byte[] image = Image(width, height, pitch);
        byte[] file = Encode(image, width, height, pitch);
        using var decoder = new JpegDecoder();
        byte[] decoded = new byte[image.Length];

        Assert.True(decoder.TryReadSize(file, out int readWidth, out int readHeight));
        Assert.Equal((width, height), (readWidth, readHeight));
        Assert.True(decoder.TryDecode(file, decoded, width, height, pitch));
        for (int i = 0; i < width * height; i++)
        {
            int at = (i / width * pitch) + (i % width);
            Assert.InRange(decoded[at] - image[at], -4, 4);
        }
    }

    [SkippableFact]
    public void Decode_AfterADamagedFile_StillReadsGoodOnes()
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        byte[] file = Encode(Image(64, 48, 64), 64, 48, 64);
        byte[] damaged = [.. file];
        Array.Clear(damaged, 2, 100);
        using var decoder = new JpegDecoder();

        Assert.False(decoder.TryReadSize(damaged, out _, out _));
        Assert.True(decoder.TryReadSize(file, out _, out _));
        Assert.True(decoder.TryDecode(file, new byte[64 * 48], 64, 48, 64));
    }

    [SkippableFact]
    public void EncodeAndDecode_TooLittleMemory_IsRefused()
    {
        Skip.IfNot(JpegLibrary.IsAvailable, "libturbojpeg is not installed");
        byte[] image = Image(64, 48, 64);
        byte[] file = Encode(image, 64, 48, 64);
        using var encoder = new JpegEncoder(90);
        using var decoder = new JpegDecoder();

        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(image, 64, 48, 64, new byte[10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(image.AsSpan(1), 64, 48, 64, new byte[1 << 16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.TryDecode(file, new byte[(64 * 48) - 1], 64, 48, 64));
    }

    private static byte[] Encode(byte[] image, int width, int height, int pitch)
    {
        using var encoder = new JpegEncoder(95);
        byte[] file = new byte[JpegEncoder.MaxBytes(width, height)];
        return file[..encoder.Encode(image, width, height, pitch, file)];
    }

    // A soft slope, which JPEG keeps.
    private static byte[] Image(int width, int height, int pitch)
    {
        byte[] image = new byte[pitch * height];
        for (int i = 0; i < width * height; i++)
        {
            image[(i / width * pitch) + (i % width)] = (byte)(((i % width) + (i / width)) / 4);
        }

        return image;
    }
}
