using System.Runtime.InteropServices;
using LiveConv.Convolution;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.TurboJpeg;

namespace LiveConv.Viewer;

/// <summary>libturbojpeg for the page's images.</summary>
internal sealed class PageJpeg : IJpegEncoder
{
    private readonly JpegEncoder encoder;

    private PageJpeg(int quality) => encoder = new JpegEncoder(quality);

    /// <summary>The encoder that the options ask for.</summary>
    /// <returns>Null when images are to be raw, or when no format was chosen and libturbojpeg is missing.</returns>
    /// <exception cref="LiveConvException">JPEG was chosen, and libturbojpeg is not installed.</exception>
    public static PageJpeg? Of(PageOptions options) => options.Format switch
    {
        PageFormat.Raw => null,
        _ when JpegLibrary.IsAvailable => new PageJpeg(options.JpegQuality),
        PageFormat.Auto => null,
        _ => throw new LiveConvException(
            "the page cannot be sent as JPEG: libturbojpeg is not installed (Debian: apt-get install libturbojpeg0); choose "
            + "--page-format auto or raw"),
    };

    /// <inheritdoc/>
    public int MaxBytes(int width, int height) => JpegEncoder.MaxBytes(width, height);

    /// <inheritdoc/>
    public int Encode(Plane<byte> image, Span<byte> file)
    {
        ReadOnlySpan<byte> pixels = MemoryMarshal.CreateReadOnlySpan(
            ref MemoryMarshal.GetReference(image.Row(0)), (image.Pitch * (image.Height - 1)) + image.Width);
        try
        {
            return encoder.Encode(pixels, image.Width, image.Height, image.Pitch, file);
        }
        catch (InvalidOperationException e)
        {
            throw new LiveConvException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => encoder.Dispose();
}
