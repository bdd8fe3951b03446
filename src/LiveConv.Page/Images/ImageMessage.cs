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

    /// <summary>Pixels of a plane.</summary>
    public long Pixels { get; private set; }

    /// <summary>The message as docs/protocol.md describes it: header and planes. Valid until the lease is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes.AsMemory(0, length);

    /// <summary>Writes the image. Call before it is shared.</summary>
    /// <param name="writer">Writes the planes.</param>
    /// <param name="maps">The maps; borrowed for the length of the call.</param>
    /// <param name="planes">Which planes it holds.</param>
    /// <param name="isJpeg">Whether they become JPEG files.</param>
    /// <param name="number">The number that the page acknowledges.</param>
    /// <param name="age">How old the frame is.</param>
    internal void Write(ImageWriter writer, EdgeMaps maps, Planes planes, bool isJpeg, uint number, TimeSpan age)
    {
        Frame frame = maps.Frame;
        Number = number;
        CaptureTimestamp = frame.IsRepeat ? null : frame.CaptureTimestamp;
        IsJpeg = isJpeg;
        Pixels = (long)frame.Luma.Width * frame.Luma.Height;
        ReadOnlySpan<Plane<byte>> all = [maps.Vertical, maps.Horizontal, frame.Luma];
        Reserve(ImageHeader.Size + Max(writer, all, planes, isJpeg));
        ImageHeader.Write(bytes, isJpeg, frame.IsRepeat, number, frame.Sequence, (float)age.TotalMilliseconds);
        length = ImageHeader.Size;
        for (int i = 0; i < all.Length; i++)
        {
            if (IsWanted(planes, i))
            {
                int written = writer.Write(all[i], i, number, isJpeg, bytes.AsSpan(length));
                ImageHeader.WritePlane(bytes, i, all[i].Width, all[i].Height, written);
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

    private static bool IsWanted(Planes planes, int index) => ((int)planes >> index & 1) != 0;

    private static int Max(ImageWriter writer, ReadOnlySpan<Plane<byte>> all, Planes planes, bool isJpeg)
    {
        int max = 0;
        for (int i = 0; i < all.Length; i++)
        {
            max = checked(max + (IsWanted(planes, i) ? writer.MaxBytes(all[i], isJpeg) : 0));
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
