using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>Images and maps to work on: one set when hot, sets beyond any cache when cold.</summary>
internal sealed class Frames : IDisposable
{
    private const long ColdBytes = 160L << 20;
    private readonly Set[] sets;

    public Frames(int width, int height, bool cold)
    {
        long bytes = 3L * width * height;
        sets = new Set[cold ? Math.Max(2, (int)(ColdBytes / bytes)) : 1];
        var random = new Random(1);
        byte[] noise = new byte[width];
        for (int s = 0; s < sets.Length; s++)
        {
            sets[s] = new Set(new Plane<byte>(width, height), [new Plane<byte>(width, height), new Plane<byte>(width, height)]);
            for (int y = 0; y < height; y++)
            {
                random.NextBytes(noise);
                noise.CopyTo(sets[s].Input.Row(y));
            }
        }
    }

    public IReadOnlyList<Set> Sets => sets;

    public void Dispose()
    {
        foreach (Set set in sets)
        {
            set.Input.Dispose();
            set.Maps[0].Dispose();
            set.Maps[1].Dispose();
        }
    }

    internal sealed record Set(Plane<byte> Input, Plane<byte>[] Maps);
}
