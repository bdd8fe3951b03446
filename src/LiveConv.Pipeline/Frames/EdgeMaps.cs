using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// The vertical and the horizontal edge map of one frame, with a lease on that frame. Pooled; see
/// <see cref="PooledBuffer"/> for ownership.
/// </summary>
public sealed class EdgeMaps : PooledBuffer
{
    private readonly Plane<byte>?[] maps = new Plane<byte>?[2];
    private Frame? frame;
    private Preset? preset;

    /// <summary>Where vertical edges are bright (the kernel responds to a horizontal gradient).</summary>
    public Plane<byte> Vertical => maps[0] ?? throw new InvalidOperationException("the maps have no size yet");

    /// <summary>Where horizontal edges are bright (the kernel responds to a vertical gradient).</summary>
    public Plane<byte> Horizontal => maps[1] ?? throw new InvalidOperationException("the maps have no size yet");

    /// <summary>The image that the maps were computed from. Lives as long as the maps.</summary>
    public Frame Frame => frame ?? throw new InvalidOperationException("the maps have no frame yet");

    /// <summary>The preset that the whole frame was filtered with.</summary>
    public Preset Preset => preset ?? throw new InvalidOperationException("the maps have no preset yet");

    /// <summary>Filters a frame into these maps. Call once, before the maps are shared.</summary>
    /// <param name="source">The image. Takes ownership of the caller's lease, even when this throws.</param>
    /// <param name="with">The preset of this frame. When the image is too small for it, the seed's is applied and <see cref="Preset"/> says
    /// so.</param>
    /// <param name="filter">What the video's presets are applied by.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LiveConvException">The preset does not fit the image, and the filter is strict.</exception>
    public void Compute(Frame source, Preset with, PresetFilter filter)
    {
        ArgumentNullException.ThrowIfNull(source);
        frame = source;
        ArgumentNullException.ThrowIfNull(with);
        ArgumentNullException.ThrowIfNull(filter);
        preset = filter.Apply(source, with, maps);
    }

    /// <summary>Filters a single frame, that belongs to no stream.</summary>
    /// <param name="source">The image. Takes ownership of the caller's lease, even when this throws.</param>
    /// <param name="with">The preset of this frame.</param>
    /// <param name="workers">Who shares the tiles.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Compute(Frame source, Preset with, WorkerPool workers)
    {
        using var filter = new PresetFilter(workers);
        Compute(source, with, filter);
    }

    /// <inheritdoc/>
    protected internal override void Free()
    {
        foreach (Plane<byte>? map in maps)
        {
            map?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void OnReturning()
    {
        frame?.Dispose();
        frame = null;
        preset = null;
    }
}
