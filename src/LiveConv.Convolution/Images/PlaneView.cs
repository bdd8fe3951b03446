using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>A writable two-dimensional view of pixels that something else owns.</summary>
/// <typeparam name="T">The pixel type.</typeparam>
public readonly ref struct PlaneView<T>
    where T : unmanaged
{
    private readonly ref T origin;

    /// <summary>Creates a view of pixels that lie row by row in a span.</summary>
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

    internal PlaneView(ref T origin, int width, int height, int pitch, bool ownsLineEnds = false)
    {
        OwnsLineEnds = ownsLineEnds;
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

    /// <summary>The rest of the 64-byte line that a row ends in may be overwritten.</summary>
    internal bool OwnsLineEnds { get; }

    /// <summary>The same view, read-only.</summary>
    /// <param name="view">The view.</param>
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

    /// <summary>A rectangle of this view.</summary>
    /// <param name="left">Its first column, at least 0.</param>
    /// <param name="top">Its first row, at least 0.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <returns>A view on the same pixels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty, or not inside this view.</exception>
    public PlaneView<T> Slice(int left, int top, int width, int height)
    {
        PlaneShape.CheckInside(left, top, width, height, Width, Height);
        return new(ref Unsafe.Add(ref origin, (nint)top * Pitch + left), width, height, Pitch);
    }

    /// <summary>Sets every pixel of the view, and none between the width and the pitch.</summary>
    /// <param name="value">The value.</param>
    public void Fill(T value)
    {
        for (int y = 0; y < Height; y++)
        {
            Row(y).Fill(value);
        }
    }

    /// <summary>Copies another view's pixels; nothing between the width and the pitch is written.</summary>
    /// <param name="source">The pixels, as large as this view.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void CopyFrom(ReadOnlyPlaneView<T> source)
    {
        PlaneShape.CheckSameSize(source.Width, source.Height, Width, Height, nameof(source));
        for (int y = 0; y < Height; y++)
        {
            source.Row(y).CopyTo(Row(y));
        }
    }

    /// <summary>Copies pixels laid out row by row in a span.</summary>
    /// <param name="pixels">The pixels; must hold the last row up to the width.</param>
    /// <param name="pitch">Distance between the span's rows in pixels, at least <see cref="Width"/>; null: rows without gaps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pitch is below the width.</exception>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public void CopyFrom(ReadOnlySpan<T> pixels, int? pitch = null) =>
        CopyFrom(new ReadOnlyPlaneView<T>(pixels, Width, Height, pitch ?? Width));

    /// <summary>Copies the pixels into another view.</summary>
    /// <param name="target">The target, as large as this view; nothing between its width and its pitch is written.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void CopyTo(PlaneView<T> target) => target.CopyFrom(this);

    /// <summary>Copies the pixels row by row into a span.</summary>
    /// <param name="pixels">The target; must have room for the last row up to the width.</param>
    /// <param name="pitch">Distance between the span's rows in pixels, at least <see cref="Width"/>; null: rows without gaps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pitch is below the width.</exception>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public void CopyTo(Span<T> pixels, int? pitch = null) =>
        new PlaneView<T>(pixels, Width, Height, pitch ?? Width).CopyFrom(this);
}
