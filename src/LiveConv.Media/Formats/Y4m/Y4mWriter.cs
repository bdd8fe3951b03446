using System.Globalization;
using System.Text;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Writes uncompressed 8-bit video, gray or with flat chroma, at a constant rate: the format has no timestamps. Owns the stream.
/// </summary>
internal sealed class Y4mWriter : IFrameWriter
{
    private readonly Stream stream;
    private readonly byte[] chroma;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">The destination; owned.</param>
    /// <param name="image">What the images are like.</param>
    /// <param name="rate">Frames per second.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public Y4mWriter(Stream stream, RecordedFormat image, FrameRate rate)
    {
        this.stream = stream;
        chroma = image.FlatChroma();
        (string layout, string range) = chroma.Length == 0 ? ("mono", "FULL") : ("420mpeg2", "LIMITED");
        stream.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{Y4mHeader.Magic} W{image.Width} H{image.Height} F{rate.Numerator}:{rate.Denominator} Ip "
            + $"A{image.Meaning.Aspect} C{layout} XCOLORRANGE={range}\n")));
    }

    /// <inheritdoc/>
    public bool HasWorked() => false;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> image, TimeSpan time) => FileTail.WriteWhole(stream, "FRAME\n"u8, image, chroma);

    /// <inheritdoc/>
    public long? CountHeld(long written, CancellationToken stop) => written;

    /// <inheritdoc/>
    public void Finish()
    {
        stream.Flush();
        stream.Dispose();
    }

    /// <inheritdoc/>
    public void Abort()
    {
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
