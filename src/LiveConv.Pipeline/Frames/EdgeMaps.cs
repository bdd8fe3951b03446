using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// The vertical and the horizontal edge map of one frame, with a lease on that frame. Both maps are parts of one image, the one that
/// windows and recordings show: filtering writes it, and nothing has to be copied to put it together. Pooled; see
/// <see cref="PooledBuffer"/> for ownership.
/// </summary>
public sealed class EdgeMaps : PooledBuffer
{
    private readonly Plane<byte>[] maps = new Plane<byte>[2];
    private readonly Frame?[] earlier = new Frame?[LayerStack.MaxFrames - 1];
    private int earlierCount;
    private Plane<byte>? image;
    private Frame? frame;
    private Preset? preset;

    /// <summary>Where vertical edges are bright (the kernel responds to a horizontal gradient): the left part of
    /// <see cref="SideBySide"/>.</summary>
    public Plane<byte> Vertical => maps[0] ?? throw NoSize();

    /// <summary>Where horizontal edges are bright (the kernel responds to a vertical gradient): the right part of
    /// <see cref="SideBySide"/>.</summary>
    public Plane<byte> Horizontal => maps[1] ?? throw NoSize();

    /// <summary>
    /// Both maps, vertical edges left, horizontal edges right, nothing between: as wide as both together, as high as the higher one, and
    /// black below the lower one.
    /// </summary>
    public Plane<byte> SideBySide => image ?? throw NoSize();

    /// <summary>The image that the maps were computed from. Lives as long as the maps.</summary>
    public Frame Frame => frame ?? throw new InvalidOperationException("the maps have no frame yet");

    /// <summary>
    /// The frames before <see cref="Frame"/> that kernels over time used, the newest first; none for other presets, and fewer than the
    /// preset reads at the start of a stream. They live as long as the maps.
    /// </summary>
    public ReadOnlySpan<Frame> EarlierFrames => earlier.AsSpan(0, earlierCount)!;

    /// <summary>The preset that the whole frame was filtered with.</summary>
    public Preset Preset => preset ?? throw new InvalidOperationException("the maps have no preset yet");

    /// <summary>The two maps, to be written before they are shared.</summary>
    internal ReadOnlySpan<Plane<byte>> Planes => maps;

    /// <summary>Sets the sizes of the maps; allocates only when one changes.</summary>
    internal void Resize(ImageSize vertical, ImageSize horizontal)
    {
        if (image is not null && SizeOf(Vertical) == vertical && SizeOf(Horizontal) == horizontal)
        {
            return;
        }

        image?.Dispose();
        image = null;
        image = new Plane<byte>(vertical.Width + horizontal.Width, Math.Max(vertical.Height, horizontal.Height));
        maps[0] = image.Slice(0, 0, vertical.Width, vertical.Height);
        maps[1] = image.Slice(vertical.Width, 0, horizontal.Width, horizontal.Height);
    }

    /// <summary>Sets the frame and the preset that the maps are computed from.</summary>
    /// <param name="source">The image. Takes ownership of the caller's lease.</param>
    /// <param name="with">The preset.</param>
    internal void Assign(Frame source, Preset with) => (frame, preset) = (source, with);

    /// <summary>Adds the frame before those that the maps have.</summary>
    /// <param name="before">Borrowed: the maps take a lease of their own.</param>
    internal void AddEarlier(Frame before)
    {
        before.AddLease();
        earlier[earlierCount++] = before;
    }

    /// <summary>Releases the earlier frames.</summary>
    internal void ReleaseEarlier()
    {
        while (earlierCount > 0)
        {
            earlier[--earlierCount]!.Dispose();
            earlier[earlierCount] = null;
        }
    }

    /// <inheritdoc/>
    protected internal override void Free()
    {
        foreach (Plane<byte>? map in maps)
        {
            map?.Dispose();
        }

        image?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnReturning()
    {
        frame?.Dispose();
        frame = null;
        preset = null;
        ReleaseEarlier();
    }

    private static ImageSize SizeOf(Plane<byte> map) => new(map.Width, map.Height);

    private static InvalidOperationException NoSize() => new("the maps have no size yet");
}
