using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Extracts the luma of a stream's images of any format. One thread at a time.</summary>
/// <param name="makeJpegDecoder">Creates a decoder for MJPG; null if there is none.</param>
internal sealed class ImageDecoder(Func<IJpegLuma>? makeJpegDecoder) : IDisposable
{
    private IJpegLuma? jpegDecoder;

    /// <summary>Decodes the image that was taken from the stream.</summary>
    /// <returns>False when it is damaged; the frame's content is then undefined.</returns>
    public bool Decode(CaptureStream from, Frame frame)
    {
        Granted format = from.Format;
        frame.Format = format.Meaning;
        if (format.Luma is not { } luma)
        {
            jpegDecoder ??= makeJpegDecoder!();
            return jpegDecoder.Decode(from.Image, frame);
        }

        frame.Resize(format.Width, format.Height);
        LumaExtraction.Copy(luma, from.Image, format.Pitch, frame.Luma.View);
        return true;
    }

    public void Dispose() => jpegDecoder?.Dispose();
}
