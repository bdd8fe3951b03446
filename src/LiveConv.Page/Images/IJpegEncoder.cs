using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>Makes JPEG files of grey images. What encodes depends on where the page runs; one thread at a time.</summary>
public interface IJpegEncoder : IDisposable
{
    /// <summary>The largest file that an image can become, in bytes.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    int MaxBytes(int width, int height);

    /// <summary>Encodes an image.</summary>
    /// <param name="image">The image; borrowed for the length of the call.</param>
    /// <param name="file">Where to write; at least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    /// <exception cref="LiveConvException">The encoder failed.</exception>
    int Encode(Plane<byte> image, Span<byte> file);
}
