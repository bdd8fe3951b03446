using System.Runtime.InteropServices;

namespace LiveConv.TurboJpeg;

/// <summary>Encodes 8-bit gray images as JPEG files. Allocates nothing per image. One thread at a time.</summary>
public sealed unsafe class JpegEncoder : IDisposable
{
    private readonly JpegHandle compressor;
    private readonly int quality;

    /// <summary>Initializes an encoder.</summary>
    /// <param name="quality">The quality of the files, 1 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is out of its range.</exception>
    /// <exception cref="DllNotFoundException">libturbojpeg is not installed.</exception>
    public JpegEncoder(int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        JpegLibrary.Require();
        compressor = Native.CreateCompressor();
        this.quality = quality;
    }

    /// <summary>The maximum length of a file of this size, in bytes.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns>An upper bound.</returns>
    public static int MaxBytes(int width, int height) => checked((int)Native.BufferSize(width, height, Native.GraySamples).Value);

    /// <summary>Encodes an image.</summary>
    /// <param name="pixels">The image, row by row.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pitch">Distance between the starts of two rows in bytes; at least the width.</param>
    /// <param name="file">Receives the file: at least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>The file's length in bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A span is too short for the size, or a size is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The library failed; the message comes from it.</exception>
    public int Encode(ReadOnlySpan<byte> pixels, int width, int height, int pitch, Span<byte> file)
    {
        ImageShape.Check(pixels.Length, width, height, pitch);
        ArgumentOutOfRangeException.ThrowIfLessThan(file.Length, MaxBytes(width, height), nameof(file));
        fixed (byte* from = pixels)
        fixed (byte* to = file)
        {
            byte* written = to;
            var size = new CULong((nuint)file.Length);
            int code = Native.Compress(
                compressor, from, width, pitch, height, Native.GrayPixels, &written, &size, Native.GraySamples, quality,
                Native.NoReallocation);
            return code == 0
                ? checked((int)size.Value)
                : throw new InvalidOperationException(
                    $"libturbojpeg failed: {Marshal.PtrToStringUTF8((nint)Native.ErrorText(compressor))}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => compressor.Dispose();
}
