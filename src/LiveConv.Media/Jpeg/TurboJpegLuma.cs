using System.Runtime.InteropServices;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Decodes luma through libturbojpeg, which skips the colour transforms when gray is asked for. Allocates nothing per image.
/// </summary>
internal sealed unsafe class TurboJpegLuma : IJpegLuma
{
    // A damaged header may claim anything; nothing that calls itself a camera makes larger images.
    private const long MaxPixels = 1L << 27;
    private TurboJpegHandle decoder = new();

    public bool Decode(ReadOnlySpan<byte> jpeg, Frame frame)
    {
        if (TryDecode(jpeg, frame))
        {
            return true;
        }

        // A decoder that gave up amid a header stays there, and refuses every good image that follows.
        decoder.Dispose();
        decoder = new TurboJpegHandle();
        return false;
    }

    public void Dispose() => decoder.Dispose();

    private bool TryDecode(ReadOnlySpan<byte> jpeg, Frame frame)
    {
        var size = new CULong((nuint)jpeg.Length);
        fixed (byte* bytes = jpeg)
        {
            if (TurboJpeg.ReadHeader(decoder, bytes, size, out int width, out int height, out _, out _) != 0
                || width < 1 || height < 1 || (long)width * height > MaxPixels)
            {
                return false;
            }

            frame.Resize(width, height);
            Plane<byte> luma = frame.Luma;
            fixed (byte* pixels = luma.Row(0))
            {
                return TurboJpeg.Decompress(decoder, bytes, size, pixels, width, luma.Pitch, height, TurboJpeg.Gray, 0) == 0
                    || IsHarmless();
            }
        }
    }

    // Some cameras leave a few stray bytes behind every image: the decoder warns, and the image is perfect.
    private bool IsHarmless() => TurboJpeg.ErrorCode(decoder) == TurboJpeg.ErrorWarning
        && MemoryMarshal.CreateReadOnlySpanFromNullTerminated(TurboJpeg.ErrorText(decoder))
        .IndexOf("extraneous bytes before marker 0xd9"u8) >= 0;
}
