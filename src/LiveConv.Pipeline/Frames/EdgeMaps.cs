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

    /// <summary>The two planes, to be written before the maps are shared.</summary>
    internal Plane<byte>?[] Planes => maps;

    /// <summary>Sets the frame and the preset that the maps are computed from.</summary>
    /// <param name="source">The image. Takes ownership of the caller's lease.</param>
    /// <param name="with">The preset.</param>
    internal void Assign(Frame source, Preset with) => (frame, preset) = (source, with);

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
