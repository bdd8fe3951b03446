using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Viewer;

/// <summary>
/// One picture as bytes for the page, written once and sent to any number of clients. Shared by counted leases; the last one
/// brings it back to its pool. Counting is thread-safe.
/// </summary>
/// <param name="home">The pool.</param>
internal sealed class PictureMessage(PictureMessagePool home) : IDisposable
{
    private byte[] bytes = [];
    private int length;
    private int leases;

    /// <summary>The number that the page acknowledges.</summary>
    public uint Number { get; private set; }

    /// <summary>When the picture was taken; null when it is shown again and has no age.</summary>
    public long? CaptureTimestamp { get; private set; }

    /// <summary>Header and planes.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes.AsMemory(0, length);

    /// <summary>Writes the picture. Call before it is shared.</summary>
    /// <param name="maps">The maps; borrowed for the length of the call.</param>
    /// <param name="planes">Which planes it holds.</param>
    /// <param name="number">The number that the page acknowledges.</param>
    /// <param name="age">How old the picture is.</param>
    public void Write(EdgeMaps maps, Planes planes, uint number, TimeSpan age)
    {
        Frame frame = maps.Frame;
        Number = number;
        CaptureTimestamp = frame.IsRepeat ? null : frame.CaptureTimestamp;
        Reserve(PictureHeader.Size + Area(maps.Vertical) + Area(maps.Horizontal) + Area(frame.Luma));
        PictureHeader.Write(bytes, frame.IsRepeat, number, frame.Sequence, (float)age.TotalMilliseconds);
        length = PictureHeader.Size;
        Append(0, maps.Vertical, planes.HasFlag(Planes.Vertical));
        Append(1, maps.Horizontal, planes.HasFlag(Planes.Horizontal));
        Append(2, frame.Luma, planes.HasFlag(Planes.Camera));
    }

    /// <summary>Adds a lease for one more owner.</summary>
    public PictureMessage Share()
    {
        Interlocked.Increment(ref leases);
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref leases) == 0)
        {
            home.Return(this);
        }
    }

    private static int Area(Plane<byte> plane) => checked(plane.Width * plane.Height);

    private void Reserve(int size)
    {
        if (bytes.Length < size)
        {
            bytes = GC.AllocateUninitializedArray<byte>(size);
        }
    }

    private void Append(int index, Plane<byte> plane, bool isWanted)
    {
        if (!isWanted)
        {
            return;
        }

        PictureHeader.WritePlane(bytes, index, plane.Width, plane.Height, Area(plane));
        for (int y = 0; y < plane.Height; y++)
        {
            plane.Row(y).CopyTo(bytes.AsSpan(length));
            length += plane.Width;
        }
    }
}
