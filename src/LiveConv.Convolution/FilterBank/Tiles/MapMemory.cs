using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>A map's memory, which stays where it is while this lives.</summary>
internal readonly unsafe struct MapMemory
{
    private readonly int rowBytes;

    private MapMemory(Target target, int width, int height, int rowBytes)
    {
        this.rowBytes = rowBytes;
        Target = target;
        Width = width;
        Height = height;
    }

    public Target Target { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Rows start on cache lines, and the rest of each one's last line may be overwritten.</summary>
    public bool HasWholeLines => Target.OwnsLineEnds && Target.IsOnLines;

    private long Start => (long)Target.Origin;

    private long End => Start + (long)Target.Pitch * (Height - 1) + rowBytes;

    /// <summary>The memory of a view, which must be pinned or unmanaged.</summary>
    public static MapMemory Of<T>(ReadOnlyPlaneView<T> view)
        where T : unmanaged => new(TargetOf(view, ownsLineEnds: false), view.Width, view.Height, view.Width * sizeof(T));

    /// <inheritdoc cref="Of{T}(ReadOnlyPlaneView{T})"/>
    public static MapMemory Of<T>(PlaneView<T> view)
        where T : unmanaged =>
        new(TargetOf<T>(view, view.OwnsLineEnds), view.Width, view.Height, view.Width * sizeof(T));

    /// <summary>
    /// Whether a byte of one is a byte of the other. Rectangles side by side in one image don't overlap; where the pitches differ, memory
    /// that interleaves counts as overlapping.
    /// </summary>
    public bool Overlaps(in MapMemory other)
    {
        if (Start >= other.End || other.Start >= End)
        {
            return false;
        }

        long pitch = Target.Pitch;
        if (pitch != other.Target.Pitch)
        {
            return true;
        }

        long offset = ((other.Start - Start) % pitch + pitch) % pitch;
        return offset < rowBytes || offset + other.rowBytes > pitch;
    }

    private static Target TargetOf<T>(ReadOnlyPlaneView<T> view, bool ownsLineEnds)
        where T : unmanaged => new()
        {
            Origin = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in view.Origin)),
            Pitch = (nint)view.Pitch * sizeof(T),
            OwnsLineEnds = ownsLineEnds,
        };
}
