using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// Makes planes ready to travel: whole or reduced, as maps or with their sign, raw or as JPEG. Each of these is made once for an image,
/// whatever the pages look at. One thread at a time.
/// </summary>
/// <param name="jpeg">Encodes JPEG files, or null where there is no encoder. Owned.</param>
internal sealed class ImageWriter(IJpegEncoder? jpeg) : IDisposable
{
    private const uint MaxUnused = 100; // Images.
    private readonly SignedMaps signed = new();
    private readonly Dictionary<(int Plane, PlanePart Part), Made> made = [];
    private readonly bool[] isOfEdges = new bool[2];
    private Preset? preset;
    private byte[] buffer = [];

    /// <summary>Whether planes can become JPEG files.</summary>
    public bool HasJpeg => jpeg is not null;

    /// <summary>A plane as it travels, before it becomes a JPEG file; valid until the next image.</summary>
    /// <param name="maps">The image; borrowed for the length of the call.</param>
    /// <param name="number">Its number.</param>
    /// <param name="plane">Which plane of the image.</param>
    /// <param name="part">How it travels.</param>
    public Plane<byte> PlaneOf(EdgeMaps maps, uint number, int plane, PlanePart part)
    {
        Plane<byte> whole = part.IsSigned ? signed.Of(maps, number, plane) : ImageParts.PlaneOf(maps, plane);
        if (whole.Width == part.Width && whole.Height == part.Height)
        {
            return whole;
        }

        Made reduced = MadeOf(number, plane, part);
        if (reduced.PlaneNumber != number)
        {
            Reduce(whole, part, KindOf(maps.Preset, plane, part), reduced);
            reduced.PlaneNumber = number;
        }

        return reduced.Plane!;
    }

    /// <summary>The most bytes that a plane can take.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="isJpeg">Whether it becomes a JPEG file.</param>
    public int MaxBytes(Plane<byte> plane, bool isJpeg) =>
        isJpeg ? jpeg!.MaxBytes(plane.Width, plane.Height) : checked(plane.Width * plane.Height);

    /// <summary>Writes a plane.</summary>
    /// <param name="pixels">The plane as <see cref="PlaneOf"/> gave it.</param>
    /// <param name="number">The image's number.</param>
    /// <param name="plane">Which plane of the image.</param>
    /// <param name="part">How it travels.</param>
    /// <param name="isJpeg">Whether it becomes a JPEG file.</param>
    /// <param name="to">At least <see cref="MaxBytes"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public int Write(Plane<byte> pixels, uint number, int plane, PlanePart part, bool isJpeg, Span<byte> to)
    {
        if (!isJpeg)
        {
            pixels.CopyTo(to);
            return pixels.Width * pixels.Height;
        }

        Made file = MadeOf(number, plane, part);
        if (file.FileNumber != number)
        {
            Encode(pixels, file);
            file.FileNumber = number;
        }

        file.File.AsSpan(0, file.Length).CopyTo(to);
        return file.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        jpeg?.Dispose();
        signed.Dispose();
        foreach (Made one in made.Values)
        {
            one.Plane?.Dispose();
        }
    }

    private Made MadeOf(uint number, int plane, PlanePart part)
    {
        if (!made.TryGetValue((plane, part), out Made? one))
        {
            Forget(number);
            made[(plane, part)] = one = new Made();
        }

        one.LastNumber = number;
        return one;
    }

    // What pages of other sizes were sent, that have left or changed since.
    private void Forget(uint number)
    {
        foreach (((int, PlanePart) key, Made one) in made)
        {
            if (number - one.LastNumber > MaxUnused)
            {
                one.Plane?.Dispose();
                made.Remove(key);
            }
        }
    }

    private ReductionKind KindOf(Preset its, int plane, PlanePart part)
    {
        if (preset != its)
        {
            preset = its;
            (isOfEdges[0], isOfEdges[1]) = (IsOfEdges(its, 0), IsOfEdges(its, 1));
        }

        return plane >= isOfEdges.Length || !isOfEdges[plane] ? ReductionKind.Mean
            : part.IsSigned ? ReductionKind.StrongestSigned
            : ReductionKind.Strongest;
    }

    // A map of edges is black where the image is flat: a layer's weights for each of its maps add up to nothing.
    private static bool IsOfEdges(Preset preset, int map) => preset.Bank is { } bank
        ? bank.Filters[map].Kernel.IsZeroSum
        : preset.Stack!.Layers.Any(layer => layer.Filters.Count > 0
            && layer.Filters.All(filter => filter.Terms.Sum(term => Sum(term.Kernel)) == 0));

    private static double Sum(Kernel kernel)
    {
        double sum = 0;
        foreach (float weight in kernel.Weights)
        {
            sum += weight;
        }

        return Math.Round(sum, 4);
    }

    private void Reduce(Plane<byte> whole, PlanePart part, ReductionKind kind, Made reduced)
    {
        reduced.Plane ??= new Plane<byte>(part.Width, part.Height);
        int size = Reduction.BufferSize(whole.Width);
        buffer = buffer.Length >= size ? buffer : GC.AllocateUninitializedArray<byte>(size);
        Reduction.Apply(whole, kind, reduced.Plane, buffer);
    }

    private void Encode(Plane<byte> plane, Made file)
    {
        int max = jpeg!.MaxBytes(plane.Width, plane.Height);
        file.FileNumber = null;
        file.File = file.File.Length >= max ? file.File : GC.AllocateUninitializedArray<byte>(max);
        file.Length = jpeg.Encode(plane, file.File);
    }

    // One plane as it travels, and the image that it is of; null for none.
    private sealed class Made
    {
        public uint LastNumber { get; set; }

        public Plane<byte>? Plane { get; set; }

        public uint? PlaneNumber { get; set; }

        public byte[] File { get; set; } = [];

        public int Length { get; set; }

        public uint? FileNumber { get; set; }
    }
}
