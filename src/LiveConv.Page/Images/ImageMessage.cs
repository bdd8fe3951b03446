using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>
/// One image as bytes for the page, written once and sent to any number of pages. Shared by counted leases; the last one returns it
/// to its pool. Counting is thread-safe.
/// </summary>
public sealed class ImageMessage : IDisposable
{
    private readonly ImageMessagePool owner;
    private byte[] bytes = [];
    private int length;
    private int leases;

    /// <summary>Made by the pool, without a lease.</summary>
    internal ImageMessage(ImageMessagePool owner) => this.owner = owner;

    /// <summary>The number that the page acknowledges.</summary>
    public uint Number { get; private set; }

    /// <summary>When the image was taken, in timestamp ticks; null when it is shown again and has no age.</summary>
    public long? CaptureTimestamp { get; private set; }

    /// <summary>Whether the planes are JPEG files.</summary>
    public bool IsJpeg { get; private set; }

    /// <summary>Pixels of the largest plane.</summary>
    public long Pixels { get; private set; }

    /// <summary>The message as docs/protocol.md describes it: header and planes. Valid until the lease is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes.AsMemory(0, length);

    /// <summary>Writes the image. Call before it is shared.</summary>
    /// <param name="writer">Writes the planes.</param>
    /// <param name="maps">The maps; borrowed for the length of the call.</param>
    /// <param name="parts">What it holds.</param>
    /// <param name="number">The number that the page acknowledges.</param>
    /// <param name="age">How old the frame is.</param>
    internal void Write(ImageWriter writer, EdgeMaps maps, ImageParts parts, uint number, TimeSpan age)
    {
        Frame frame = maps.Frame;
        CaptureTimestamp = frame.IsRepeat ? null : frame.CaptureTimestamp;
        Number = number;
        IsJpeg = parts.IsJpeg;
        Pixels = parts.Pixels;
        Reserve(ImageHeader.Size + Max(writer, maps, parts, number));
        ImageHeader.Write(bytes, IsJpeg, frame.IsRepeat, number, frame.Sequence, (float)age.TotalMilliseconds);
        length = ImageHeader.Size;
        for (int i = 0; i < ImageParts.Planes; i++)
        {
            if (parts[i] is { IsSent: true } part)
            {
                int source = ImageParts.SourceOf(i);
                Plane<byte> plane = writer.PlaneOf(maps, number, source, part);
                int written = writer.Write(plane, number, source, part, IsJpeg, bytes.AsSpan(length));
                ImageHeader.WritePlane(bytes, i, plane, ImageParts.PlaneOf(maps, source), written, part.IsSigned);
                length += written;
            }
        }
    }

    /// <summary>Writes an image that is held: raw, whole, and without an age. Call before it is shared.</summary>
    /// <param name="held">The image; borrowed for the length of the call.</param>
    /// <param name="shown">The planes that it holds.</param>
    internal void WriteHeld(ViewedImage held, IReadOnlyList<ShownPlane> shown)
    {
        ReadOnlySpan<Plane<byte>> all = [held.Vertical, held.Horizontal, held.Frames[0], held.Vertical, held.Horizontal];
        Number = held.Number;
        CaptureTimestamp = null;
        IsJpeg = false;
        Pixels = (long)all[2].Width * all[2].Height;
        int max = ImageHeader.Size;
        foreach (Plane<byte> plane in all)
        {
            max = checked(max + plane.Width * plane.Height);
        }

        Reserve(max);
        ImageHeader.Write(bytes, isJpeg: false, isRepeat: true, held.Number, held.Sequence, 0);
        length = ImageHeader.Size;
        for (int i = 0; i < ImageParts.Planes; i++)
        {
            if (shown.Any(plane => (int)plane.Plane == i))
            {
                all[i].CopyTo(bytes.AsSpan(length));
                int written = all[i].Width * all[i].Height;
                ImageHeader.WritePlane(bytes, i, all[i], all[i], written, isSigned: false);
                length += written;
            }
        }
    }

    /// <summary>Adds a lease for one more owner.</summary>
    internal ImageMessage Share()
    {
        Interlocked.Increment(ref leases);
        return this;
    }

    /// <summary>Gives one lease back.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref leases) == 0)
        {
            owner.Return(this);
        }
    }

    private static int Max(ImageWriter writer, EdgeMaps maps, ImageParts parts, uint number)
    {
        int max = 0;
        for (int i = 0; i < ImageParts.Planes; i++)
        {
            if (parts[i] is { IsSent: true } part)
            {
                Plane<byte> plane = writer.PlaneOf(maps, number, ImageParts.SourceOf(i), part);
                max = checked(max + writer.MaxBytes(plane, parts.IsJpeg));
            }
        }

        return max;
    }

    private void Reserve(int size)
    {
        if (bytes.Length < size)
        {
            bytes = GC.AllocateUninitializedArray<byte>(size);
        }
    }
}
