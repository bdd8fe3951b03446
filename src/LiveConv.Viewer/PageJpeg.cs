using LiveConv.Convolution;
using LiveConv.Page;

namespace LiveConv.Viewer;

/// <summary>libturbojpeg for the page's images.</summary>
internal sealed class PageJpeg : IJpegEncoder
{
    private readonly JpegEncoder encoder;

    private PageJpeg(int quality) => encoder = new JpegEncoder(quality);

    /// <summary>The encoder that the options ask for.</summary>
    /// <returns>Null when images are to be raw, or when no format was chosen and libturbojpeg is missing.</returns>
    /// <exception cref="LiveConvException">JPEG was chosen, and libturbojpeg is not installed.</exception>
    public static PageJpeg? Of(PageOptions options) =>
        options.Format == PageFormat.Jpeg || (options.Format == PageFormat.Auto && JpegEncoder.IsAvailable)
            ? new PageJpeg(options.JpegQuality)
            : null;

    /// <inheritdoc/>
    public int MaxBytes(int width, int height) => JpegEncoder.MaxBytes(width, height);

    /// <inheritdoc/>
    public int Encode(Plane<byte> image, Span<byte> file) => encoder.Encode(image, file);

    /// <inheritdoc/>
    public void Dispose() => encoder.Dispose();
}
