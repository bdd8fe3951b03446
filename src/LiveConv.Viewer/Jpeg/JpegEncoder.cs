using System.Runtime.InteropServices;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Viewer;

/// <summary>Grey images as JPEG files, by libturbojpeg. One thread at a time.</summary>
internal sealed class JpegEncoder : IDisposable
{
    private readonly JpegHandle handle;
    private readonly int quality;

    /// <summary>Makes an encoder.</summary>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="LiveConvException">The library is missing.</exception>
    public JpegEncoder(int quality)
    {
        if (!IsAvailable)
        {
            throw new LiveConvException(
                "the page cannot be sent as JPEG: libturbojpeg is not installed (Debian: apt-get install libturbojpeg0); choose "
                + "--page-format auto or raw");
        }

        handle = TurboJpegNative.InitCompress();
        this.quality = quality;
    }

    /// <summary>True when the library is on this machine.</summary>
    public static bool IsAvailable => TurboJpegNative.IsPresent;

    /// <summary>The most bytes that a file can take.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public static int MaxBytes(int width, int height) =>
        checked((int)TurboJpegNative.BufferSize(width, height, TurboJpegNative.SamplesGray).Value);

    /// <summary>Encodes an image.</summary>
    /// <param name="image">The image; borrowed for the length of the call.</param>
    /// <param name="file">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    /// <exception cref="LiveConvException">The library failed.</exception>
    public unsafe int Encode(Plane<byte> image, Span<byte> file)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(file.Length, MaxBytes(image.Width, image.Height), nameof(file));
        fixed (byte* pixels = image.Row(0))
        fixed (byte* start = file)
        {
            byte* written = start;
            var size = new CULong((nuint)file.Length);
            int code = TurboJpegNative.Compress(
                handle,
                pixels,
                image.Width,
                image.Pitch,
                image.Height,
                TurboJpegNative.PixelsGray,
                &written,
                &size,
                TurboJpegNative.SamplesGray,
                quality,
                TurboJpegNative.NoReallocation);
            GC.KeepAlive(image);
            return code == 0
                ? checked((int)size.Value)
                : throw new LiveConvException($"libturbojpeg failed: {Marshal.PtrToStringUTF8(TurboJpegNative.ErrorText(handle))}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
