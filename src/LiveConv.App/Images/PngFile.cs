using System.Buffers.Binary;
using System.Runtime.InteropServices;
using StbImageSharp;
using StbImageWriteSharp;

namespace LiveConv.App;

/// <summary>PNG images, in grey: 1 to 16 bits a channel in, 8 bits out.</summary>
internal static class PngFile
{
    // In the first chunk, IHDR, which is at the same offset in every PNG.
    private const int DepthOffset = 24;
    private const int TypeOffset = 12;
    private const int WidthOffset = 16;
    private const int HeightOffset = 20;

    /// <summary>
    /// The largest image that is read: a file of half a megabyte can hold a gigapixel of one grey, and its values take tens of bytes a
    /// pixel while they are worked on.
    /// </summary>
    public const long MaxPixels = 1L << 26;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G'];

    /// <summary>True if a file starts with the PNG signature.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>The value of white: 255, or 65535 of an image with 16 bits.</summary>
    public static int WhiteOf(ReadOnlySpan<byte> file) => file.Length > DepthOffset && file[DepthOffset] == 16 ? 65535 : 255;

    /// <summary>
    /// Reads an image as (height, width), 0 to 255, or 0 to 65535 of one with 16 bits; colours are converted to grey, and what is
    /// transparent is laid on white.
    /// </summary>
    /// <exception cref="FormatException">The file is malformed, or too large.</exception>
    public static NumberArray Read(byte[] file)
    {
        CheckSize(file);
        try
        {
            if (WhiteOf(file) > 255)
            {
                return ReadDeep(file);
            }

            var image = ImageResult.FromMemory(file, StbImageSharp.ColorComponents.GreyAlpha);
            double[] values = new double[image.Height * image.Width];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = OnWhite(image.Data[2 * i], image.Data[2 * i + 1], 255);
            }

            return new NumberArray(values, [image.Height, image.Width]);
        }
#pragma warning disable CA1031 // The decoder throws arbitrary exceptions for broken files.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // For a truncated file the decoder's message is "?????", or zeros from beyond its end.
            bool isReadable = e.Message.Any(char.IsAsciiLetter) && e.Message.All(c => c is >= ' ' and <= '~');
            string reason = isReadable ? e.Message : "a part is missing or unreadable";
            throw new FormatException($"the PNG is damaged ({reason})", e);
        }
    }

    /// <summary>Writes an image; values are rounded half to even and saturated.</summary>
    public static byte[] Write(NumberArray image)
    {
        byte[] pixels = Array.ConvertAll(image.Values, value => byte.CreateSaturating(Math.Round(value, MidpointRounding.ToEven)));
        using var stream = new MemoryStream();
        new ImageWriter().WritePng(pixels, image.Shape[1], image.Shape[0], StbImageWriteSharp.ColorComponents.Grey, stream);
        return stream.ToArray();
    }

    // A file that ends before is the decoder's to refuse.
    private static void CheckSize(ReadOnlySpan<byte> file)
    {
        if (file.Length <= DepthOffset)
        {
            return;
        }

        // The decoder would look for it further on.
        if (!file[TypeOffset..].StartsWith("IHDR"u8))
        {
            throw new FormatException("the PNG is damaged (it does not begin with IHDR)");
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(file[WidthOffset..]) is var width
            && BinaryPrimitives.ReadUInt32BigEndian(file[HeightOffset..]) is var height
            && (ulong)width * height > MaxPixels)
        {
            throw new FormatException($"the PNG has {width}x{height} pixels, and at most {MaxPixels} are read: save a smaller part of it");
        }
    }

    private static double OnWhite(double value, double alpha, double white) =>
        Math.Round((value * alpha + white * (white - alpha)) / white, MidpointRounding.AwayFromZero);

    // The library's public reader reduces to 8 bits; the internal one does not.
    private static unsafe NumberArray ReadDeep(byte[] file)
    {
        using var stream = new MemoryStream(file);
        int width;
        int height;
        int channels;
        ushort* pixels = StbImage.stbi__load_and_postprocess_16bit(
            new StbImage.stbi__context(stream), &width, &height, &channels, (int)StbImageSharp.ColorComponents.GreyAlpha);
        if (pixels is null)
        {
            throw new FormatException(StbImage.stbi__g_failure_reason);
        }

        try
        {
            double[] values = new double[height * width];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = OnWhite(pixels[2 * i], pixels[2 * i + 1], 65535);
            }

            return new NumberArray(values, [height, width]);
        }
        finally
        {
            Marshal.FreeHGlobal((nint)pixels);
        }
    }
}
