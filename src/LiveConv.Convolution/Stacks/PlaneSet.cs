namespace LiveConv.Convolution;

/// <summary>Maps of one size that live and die together.</summary>
internal sealed class PlaneSet : IDisposable
{
    public static readonly PlaneSet Empty = new(0, default);

    public PlaneSet(int count, MapSize size)
    {
        Size = size;
        Planes = new Plane<float>[count];
        try
        {
            for (int i = 0; i < count; i++)
            {
                Planes[i] = new Plane<float>(size.Width, size.Height);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public MapSize Size { get; }

    public Plane<float>[] Planes { get; }

    public void Dispose()
    {
        foreach (Plane<float>? plane in Planes)
        {
            plane?.Dispose();
        }
    }
}
