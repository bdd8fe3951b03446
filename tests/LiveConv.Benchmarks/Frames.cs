using System.Runtime.CompilerServices;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>Where the rows of an image and of its maps stand.</summary>
internal enum Layout
{
    /// <summary>Planes of their own: every row on a cache line.</summary>
    Planes,

    /// <summary>Rows at an odd distance, behind an odd number of bytes.</summary>
    OddPitch,

    /// <summary>Both maps beside each other in one image, as the program has them.</summary>
    SideBySide,

    /// <summary>Rectangles inside larger images.</summary>
    Views,
}

/// <summary>Images and maps to work on: one set when hot, sets beyond any cache when cold.</summary>
internal sealed class Frames : IDisposable
{
    private readonly List<Plane<byte>> owned = [];
    private readonly Set[] sets;

    public Frames(int width, int height, bool cold, Layout layout = Layout.Planes)
    {
        long bytes = 3L * width * height;
        sets = new Set[cold ? Math.Max(2, (int)(ColdBytes / bytes)) : 1];
        var random = new Random(1);
        byte[] noise = new byte[width];
        for (int s = 0; s < sets.Length; s++)
        {
            sets[s] = layout switch
            {
                Layout.OddPitch => new(Odd(width, height), [Odd(width, height), Odd(width, height)]),
                Layout.SideBySide => new(Own(width, height), Halves(width, height)),
                Layout.Views => new(Part(width, height), [Part(width, height), Part(width, height)]),
                _ => new(Own(width, height), [Own(width, height), Own(width, height)]),
            };
            for (int y = 0; y < height; y++)
            {
                random.NextBytes(noise);
                noise.CopyTo(sets[s].Input.Row(y));
            }
        }
    }

    /// <summary>What all sets take when they are cold: four times the last cache.</summary>
    public static long ColdBytes { get; } = Math.Max(160L << 20, 4 * ProcessorCaches.Machine.Last);

    public IReadOnlyList<Set> Sets => sets;

    public void Dispose() => owned.ForEach(plane => plane.Dispose());

    private Plane<byte> Own(int width, int height)
    {
        var plane = new Plane<byte>(width, height);
        owned.Add(plane);
        return plane;
    }

    private unsafe Plane<byte> Odd(int width, int height)
    {
        const int Offset = 5;
        int pitch = width % 2 == 0 ? width + 1 : width;
        Plane<byte> memory = Own(pitch, height + 1);
        return new((byte*)Unsafe.AsPointer(ref memory.Row(0)[0]) + Offset, width, height, pitch);
    }

    private Plane<byte> Part(int width, int height) => Own(width + 100, height).Slice(39, 0, width, height);

    private Plane<byte>[] Halves(int width, int height)
    {
        Plane<byte> image = Own(2 * width, height);
        return [image.Slice(0, 0, width, height), image.Slice(width, 0, width, height)];
    }

    internal sealed record Set(Plane<byte> Input, Plane<byte>[] Maps);
}
