using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>
/// Writes planes as they travel: raw or as JPEG. Each plane of an image becomes a JPEG file once, whichever planes the pages look at. One
/// thread at a time.
/// </summary>
/// <param name="jpeg">Encodes JPEG files, or null where there is no encoder. Owned.</param>
internal sealed class ImageWriter(IJpegEncoder? jpeg) : IDisposable
{
    private readonly JpegFile[] files = [new(), new(), new()];

    /// <summary>Whether planes can become JPEG files.</summary>
    public bool HasJpeg => jpeg is not null;

    /// <summary>The most bytes that a plane can take.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="isJpeg">Whether it becomes a JPEG file.</param>
    public int MaxBytes(Plane<byte> plane, bool isJpeg) =>
        isJpeg ? jpeg!.MaxBytes(plane.Width, plane.Height) : checked(plane.Width * plane.Height);

    /// <summary>Writes a plane.</summary>
    /// <param name="plane">The plane; borrowed for the length of the call.</param>
    /// <param name="index">Which plane of the image it is.</param>
    /// <param name="number">The image's number.</param>
    /// <param name="isJpeg">Whether it becomes a JPEG file.</param>
    /// <param name="to">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public int Write(Plane<byte> plane, int index, uint number, bool isJpeg, Span<byte> to)
    {
        if (!isJpeg)
        {
            plane.CopyTo(to);
            return plane.Width * plane.Height;
        }

        JpegFile file = files[index];
        if (file.Number != number)
        {
            Encode(plane, file);
            file.Number = number;
        }

        file.Bytes.AsSpan(0, file.Length).CopyTo(to);
        return file.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => jpeg?.Dispose();

    private void Encode(Plane<byte> plane, JpegFile file)
    {
        int max = jpeg!.MaxBytes(plane.Width, plane.Height);
        file.Number = null;
        file.Bytes = file.Bytes.Length >= max ? file.Bytes : GC.AllocateUninitializedArray<byte>(max);
        file.Length = jpeg.Encode(plane, file.Bytes);
    }

    private sealed class JpegFile
    {
        public byte[] Bytes { get; set; } = [];

        public int Length { get; set; }

        /// <summary>The image whose plane it is; null for none.</summary>
        public uint? Number { get; set; }
    }
}
