using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>Where one filter's part of a block goes: its first pixel, and the bytes from one row to the next.</summary>
internal unsafe struct Target
{
    public byte* Origin;
    public nint Pitch;

    /// <summary>The rest of the cache line that a row ends in may be overwritten.</summary>
    public bool OwnsLineEnds;

    /// <summary>Every row starts on a cache line.</summary>
    public readonly bool IsOnLines => (((nint)Origin | Pitch) & (Block.Width - 1)) == 0;

    /// <summary>The same, some rows further down.</summary>
    public readonly Target Below(int rows) => this with { Origin = Origin + rows * Pitch };

    /// <summary>A whole plane. It must outlive the target.</summary>
    public static Target Of<T>(Plane<T> plane)
        where T : unmanaged => new()
        {
            Origin = (byte*)Unsafe.AsPointer(ref plane.View.Origin),
            Pitch = (nint)plane.Pitch * sizeof(T),
        };
}
