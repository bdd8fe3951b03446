using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>
/// A frame of the source: 8-bit luma with its capture and media time. Pooled; see <see cref="PooledBuffer"/> for ownership.
/// </summary>
public sealed class Frame : PooledBuffer
{
    private Plane<byte>? luma;

    /// <summary>The image, 0 (black) to 255 (white). Valid after <see cref="Resize"/>.</summary>
    /// <exception cref="InvalidOperationException">The frame has no size yet.</exception>
    public Plane<byte> Luma => luma ?? throw new InvalidOperationException("the frame has no size yet");

    /// <summary>Number of the frame in the source, from 0. A gap means that the source lost frames.</summary>
    public long Sequence { get; set; }

    /// <summary>
    /// When the image was captured, in <see cref="TimeProvider.GetTimestamp"/> ticks. The frame's age is measured from here.
    /// </summary>
    public long CaptureTimestamp { get; set; }

    /// <summary>The frame's position in the stream, from the source's first frame on. Recordings store this time.</summary>
    public TimeSpan MediaTime { get; set; }

    /// <summary>How the image is meant. Sources that know nothing of it leave the default.</summary>
    public StreamFormat Format { get; set; } = StreamFormat.Default;

    /// <summary>True when the image is shown again (paused, or a new preset while paused): its age is meaningless.</summary>
    public bool IsRepeat { get; set; }

    /// <summary>Prepares the frame for an image of this size. Allocates only when the size changes.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the plane would exceed 2 GiB.</exception>
    public void Resize(int width, int height) => PlaneSize.Fit(ref luma, width, height);

    /// <summary>Makes this frame a copy of another: pixels and times.</summary>
    /// <param name="other">A frame with an image. Borrowed for the duration of the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public void CopyFrom(Frame other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Resize(other.Luma.Width, other.Luma.Height);
        Luma.CopyFrom(other.Luma);
        (Sequence, CaptureTimestamp, MediaTime, Format) = (other.Sequence, other.CaptureTimestamp, other.MediaTime, other.Format);
    }

    /// <inheritdoc/>
    protected internal override void Free() => luma?.Dispose();

    /// <inheritdoc/>
    protected override void OnReturning() => (IsRepeat, Format) = (false, StreamFormat.Default);
}
