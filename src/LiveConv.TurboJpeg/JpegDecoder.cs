using System.Runtime.InteropServices;

namespace LiveConv.TurboJpeg;

/// <summary>
/// Decodes the luma of JPEG files; the colour transforms are skipped. Allocates nothing per image. One thread at a time.
/// </summary>
public sealed unsafe class JpegDecoder : IDisposable
{
    // A damaged header may claim any size; no camera makes larger images.
    private const long MaxPixels = 1L << 27;
    private JpegHandle decompressor;

    /// <summary>Initializes a decoder.</summary>
    /// <exception cref="DllNotFoundException">libturbojpeg is not installed.</exception>
    public JpegDecoder()
    {
        JpegLibrary.Require();
        decompressor = Native.CreateDecompressor();
    }

    /// <summary>Reads an image's size.</summary>
    /// <param name="file">The file.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns>False when the header is damaged, or claims more than 2^27 pixels.</returns>
    public bool TryReadSize(ReadOnlySpan<byte> file, out int width, out int height)
    {
        fixed (byte* bytes = file)
        {
            return (Native.ReadHeader(decompressor, bytes, new CULong((nuint)file.Length), out width, out height, out _, out _) == 0
                && width >= 1 && height >= 1 && (long)width * height <= MaxPixels) || Reset();
        }
    }

    /// <summary>Decodes an image whose size <see cref="TryReadSize"/> has read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="pixels">Receives the luma, row by row.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="pitch">Distance between the starts of two rows in bytes; at least the width.</param>
    /// <returns>False when the image is damaged; the pixels are then undefined.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The span is too short for the size, or a size is out of its range.</exception>
    public bool TryDecode(ReadOnlySpan<byte> file, Span<byte> pixels, int width, int height, int pitch)
    {
        ImageShape.Check(pixels.Length, width, height, pitch);
        fixed (byte* bytes = file)
        fixed (byte* to = pixels)
        {
            var size = new CULong((nuint)file.Length);
            return Native.Decompress(decompressor, bytes, size, to, width, pitch, height, Native.GrayPixels, 0) == 0
                || IsHarmless() || Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => decompressor.Dispose();

    // Some cameras leave a few stray bytes after every image: the decoder warns, but the image is intact.
    private bool IsHarmless() => Native.ErrorCode(decompressor) == Native.Warning
        && MemoryMarshal.CreateReadOnlySpanFromNullTerminated(Native.ErrorText(decompressor))
        .IndexOf("extraneous bytes before marker 0xd9"u8) >= 0;

    // A decompressor that failed within a header stays in that state and refuses every good image that follows.
    private bool Reset()
    {
        decompressor.Dispose();
        decompressor = Native.CreateDecompressor();
        return false;
    }
}
