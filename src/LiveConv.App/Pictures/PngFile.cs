using LiveConv.App.Conv;
using StbImageSharp;
using StbImageWriteSharp;

namespace LiveConv.App.Pictures;

/// <summary>PNG pictures, in grey.</summary>
internal static class PngFile
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G'];

    /// <summary>Whether a file begins as a PNG does.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Reads a picture as (height, width); colours become their grey.</summary>
    /// <exception cref="FormatException">The file is malformed.</exception>
    public static NumberArray Read(byte[] file)
    {
        try
        {
            var image = ImageResult.FromMemory(file, StbImageSharp.ColorComponents.Grey);
            return new NumberArray(Array.ConvertAll(image.Data, pixel => (double)pixel), [image.Height, image.Width]);
        }
#pragma warning disable CA1031 // The decoder throws whatever a broken file leads it to.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new FormatException($"the PNG is damaged ({e.Message})", e);
        }
    }

    /// <summary>Writes a picture; values are rounded half to even and saturated.</summary>
    public static byte[] Write(NumberArray picture)
    {
        byte[] pixels = Array.ConvertAll(picture.Values, value => byte.CreateSaturating(Math.Round(value, MidpointRounding.ToEven)));
        using var stream = new MemoryStream();
        new ImageWriter().WritePng(pixels, picture.Shape[1], picture.Shape[0], StbImageWriteSharp.ColorComponents.Grey, stream);
        return stream.ToArray();
    }
}
