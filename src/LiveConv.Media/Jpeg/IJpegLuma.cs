using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Decodes the luma of one JPEG after another. One thread at a time.</summary>
internal interface IJpegLuma : IDisposable
{
    /// <summary>Decodes into the frame, which takes the image's size.</summary>
    /// <param name="jpeg">The JPEG; complete as far as <see cref="JpegFrame.LooksWhole"/> can tell.</param>
    /// <param name="frame">The destination.</param>
    /// <returns>False when the image is damaged; the frame's content is then undefined.</returns>
    /// <exception cref="LiveConvException">The decoder itself failed; the message says why.</exception>
    bool Decode(ReadOnlySpan<byte> jpeg, Frame frame);
}
