using System.Globalization;
using System.Text;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Writes uncompressed 8-bit gray video at a constant rate: the format has no timestamps. Owns the stream.</summary>
internal sealed class Y4mWriter : IFrameWriter
{
    private readonly Stream stream;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">The destination; owned.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="rate">Frames per second.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public Y4mWriter(Stream stream, int width, int height, FrameRate rate)
    {
        this.stream = stream;
        stream.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{Y4mHeader.Magic} W{width} H{height} F{rate.Numerator}:{rate.Denominator} Ip A1:1 Cmono XCOLORRANGE=FULL\n")));
    }

    /// <inheritdoc/>
    public bool HasWorked() => false;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> image, TimeSpan time) => FileTail.WriteWhole(stream, "FRAME\n"u8, image);

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
