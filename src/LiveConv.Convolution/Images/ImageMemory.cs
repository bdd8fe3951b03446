namespace LiveConv.Convolution;

/// <summary>Where the channels of an image lie. Borrowed: the creator keeps the memory alive and in place.</summary>
/// <param name="origin">The first channel's first element.</param>
/// <param name="rowPitch">Elements from one row to the next.</param>
/// <param name="channelPitch">Elements from one channel to the next.</param>
internal readonly unsafe struct ImageMemory<T>(T* origin, nint rowPitch, nint channelPitch)
    where T : unmanaged
{
    public T* Origin => origin;

    public nint RowPitch => rowPitch;

    public nint ChannelPitch => channelPitch;

    /// <summary>A plane, which the caller keeps alive, as the only channel.</summary>
    public static ImageMemory<T> Of(Plane<T> plane)
    {
        PlaneView<T> view = plane.View;
        return new((T*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref view.Origin), plane.Pitch, 0);
    }

    public T* Row(int channel, int row) => origin + channel * channelPitch + row * rowPitch;
}
