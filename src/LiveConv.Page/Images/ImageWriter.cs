using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>Writes planes as they travel: raw or as JPEG. One thread at a time.</summary>
/// <param name="jpeg">Encodes JPEG files, or null where there is no encoder. Owned.</param>
internal sealed class ImageWriter(IJpegEncoder? jpeg) : IDisposable
{
    /// <summary>Whether planes can become JPEG files.</summary>
    public bool HasJpeg => jpeg is not null;

    /// <summary>The most bytes that a plane can take.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="isJpeg">Whether it becomes a JPEG file.</param>
    public int MaxBytes(Plane<byte> plane, bool isJpeg) =>
        isJpeg ? jpeg!.MaxBytes(plane.Width, plane.Height) : checked(plane.Width * plane.Height);

    /// <summary>Writes a plane.</summary>
    /// <param name="plane">The plane; borrowed for the length of the call.</param>
    /// <param name="isJpeg">Whether it becomes a JPEG file.</param>
    /// <param name="to">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public int Write(Plane<byte> plane, bool isJpeg, Span<byte> to)
    {
        if (isJpeg)
        {
            return jpeg!.Encode(plane, to);
        }

        plane.CopyTo(to);
        return plane.Width * plane.Height;
    }

    /// <inheritdoc/>
    public void Dispose() => jpeg?.Dispose();
}
