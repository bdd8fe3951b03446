namespace LiveConv.Convolution;

/// <summary>Maps of one size that live and die together.</summary>
internal sealed class PlaneSet<T> : IDisposable
    where T : unmanaged
{
    public static readonly PlaneSet<T> Empty = new(0, default);

    public PlaneSet(int count, ImageSize size)
    {
        Size = size;
        Planes = new Plane<T>[count];
        try
        {
            for (int i = 0; i < count; i++)
            {
                Planes[i] = new Plane<T>(size.Width, size.Height);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ImageSize Size { get; }

    public Plane<T>[] Planes { get; }

    public void Dispose()
    {
        foreach (Plane<T>? plane in Planes)
        {
            plane?.Dispose();
        }
    }
}
