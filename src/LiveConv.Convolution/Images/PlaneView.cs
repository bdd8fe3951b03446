using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>A borrowed, writable two-dimensional window on pixels that something else owns.</summary>
/// <typeparam name="T">The pixel type.</typeparam>
public readonly ref struct PlaneView<T>
    where T : unmanaged
{
    private readonly ref T origin;

    /// <summary>Looks at pixels laid out row by row in a span.</summary>
    /// <param name="pixels">The pixels; must hold the last row up to its width.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pitch">Distance between rows in pixels, at least <paramref name="width"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the pitch below the width.</exception>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public PlaneView(Span<T> pixels, int width, int height, int pitch)
    {
        PlaneShape.Check<T>(pixels, width, height, pitch);
        origin = ref MemoryMarshal.GetReference(pixels);
        Width = width;
        Height = height;
        Pitch = pitch;
    }

    internal PlaneView(ref T origin, int width, int height, int pitch)
    {
        this.origin = ref origin;
        Width = width;
        Height = height;
        Pitch = pitch;
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Distance from one row to the next, in pixels.</summary>
    public int Pitch { get; }

    internal ref T Origin => ref origin;

    /// <summary>The same window, for reading only.</summary>
    /// <param name="view">The window.</param>
    public static implicit operator ReadOnlyPlaneView<T>(PlaneView<T> view) =>
        new(ref view.origin, view.Width, view.Height, view.Pitch);

    /// <summary>One row of <see cref="Width"/> pixels.</summary>
    /// <param name="y">Row, from 0 at the top.</param>
    /// <returns>The row's pixels, without the padding up to the pitch.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="y"/> is not a row of this view.</exception>
    public Span<T> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref origin, (nint)y * Pitch), Width);
    }
}
