namespace LiveConv.Convolution.Stacks;

/// <summary>Maps of one size in one piece of memory, each as far from the next as the next from the one after it.</summary>
internal sealed unsafe class PlaneSet<T> : IDisposable
    where T : unmanaged
{
    public static readonly PlaneSet<T> Empty = new(0, default);

    private readonly Plane<T>? memory;

    public PlaneSet(int count, ImageSize size)
    {
        Size = size;
        Planes = new Plane<T>[count];
        if (count == 0)
        {
            return;
        }

        // A row more each: maps a power of two apart would share cache sets, and all are written at once.
        int rows = size.Height + 1;
        memory = new Plane<T>(size.Width, checked(rows * count));
        Memory = new ImageMemory<T>(ImageMemory<T>.Of(memory).Origin, memory.Pitch, (nint)rows * memory.Pitch);
        for (int i = 0; i < count; i++)
        {
            Planes[i] = memory.Slice(0, i * rows, size.Width, size.Height);
        }
    }

    public ImageSize Size { get; }

    public Plane<T>[] Planes { get; }

    /// <summary>The maps as channels of one image. Valid until <see cref="Dispose"/>.</summary>
    public ImageMemory<T> Memory { get; }

    public void Dispose()
    {
        foreach (Plane<T> plane in Planes)
        {
            plane.Dispose();
        }

        memory?.Dispose();
    }
}
