using System.Runtime.InteropServices;
using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.TurboJpeg;

namespace LiveConv.Media;

/// <summary>Decodes luma into frames through libturbojpeg.</summary>
internal sealed class TurboJpegLuma : IJpegLuma
{
    private readonly JpegDecoder decoder = new();

    public bool Decode(ReadOnlySpan<byte> jpeg, Frame frame)
    {
        if (!decoder.TryReadSize(jpeg, out int width, out int height))
        {
            return false;
        }

        frame.Resize(width, height);
        Plane<byte> luma = frame.Luma;
        Span<byte> pixels = MemoryMarshal.CreateSpan(
            ref MemoryMarshal.GetReference(luma.Row(0)), (luma.Pitch * (height - 1)) + width);
        return decoder.TryDecode(jpeg, pixels, width, height, luma.Pitch);
    }

    public void Dispose() => decoder.Dispose();
}
