using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>
/// An owned two-dimensional pixel buffer in unmanaged memory. Every row starts on a 64-byte line; the distance between
/// rows is the <see cref="Pitch"/>. Not safe for concurrent writing; concurrent reading is fine.
/// </summary>
/// <typeparam name="T">The pixel type.</typeparam>
public sealed unsafe class Plane<T> : IDisposable
    where T : unmanaged
{
    private const int Alignment = PlaneShape.Alignment;
    private readonly bool isBorrowed;
    private readonly bool ownsLineEnds;

    // Whose memory this is: it must not be finalised before.
    private readonly Plane<T>? owner;
    private T* pixels;

    /// <summary>Allocates a plane of zeros.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the plane would exceed 2 GiB.</exception>
    public Plane(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long rowBytes = PlaneShape.PitchOf((long)width * sizeof(T));
        long bytes = rowBytes * height;
        if (bytes > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(height), height, $"a plane of {width}x{height} would need {bytes} bytes; the limit is 2 GiB");
        }

        Width = width;
        Height = height;
        Pitch = (int)(rowBytes / sizeof(T));
        ownsLineEnds = true;
        pixels = (T*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        NativeMemory.Clear(pixels, (nuint)bytes);
        GC.AddMemoryPressure(bytes);
    }

    /// <summary>
    /// Wraps memory that something else owns, for lists of maps in memory of any layout. Nothing between the width and the
    /// pitch is ever written, and <see cref="Dispose"/> doesn't free the memory.
    /// </summary>
    /// <param name="pixels">The first pixel; must stay where it is (unmanaged or pinned) until the plane's last use.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pitch">Distance between rows in pixels, at least <paramref name="width"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pixels"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the pitch below the width.</exception>
    public Plane(T* pixels, int width, int height, int pitch)
        : this(pixels, width, height, pitch, ownsLineEnds: false)
    {
    }

    /// <summary>Lays a plane over memory that may be aligned and padded as this class would.</summary>
    internal Plane(T* pixels, int width, int height, int pitch, bool ownsLineEnds)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pitch, width);
        Width = width;
        Height = height;
        Pitch = pitch;
        this.pixels = pixels;
        this.ownsLineEnds = ownsLineEnds;
        isBorrowed = true;
    }

    private Plane(Plane<T> owner, T* pixels, int width, int height, bool ownsLineEnds)
        : this(pixels, width, height, owner.Pitch, ownsLineEnds) => this.owner = owner;

    /// <summary>Frees the memory of a plane that was not disposed.</summary>
    ~Plane() => Free();

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Distance from one row to the next, in pixels; at least <see cref="Width"/>.</summary>
    public int Pitch { get; }

    /// <summary>The whole plane, for writing. Valid until <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public PlaneView<T> View
    {
        get
        {
            ObjectDisposedException.ThrowIf(pixels is null, this);
            return new PlaneView<T>(ref Unsafe.AsRef<T>(pixels), Width, Height, Pitch, ownsLineEnds);
        }
    }

    /// <summary>The whole plane, as <see cref="View"/>. The view does not keep the plane alive: dispose the plane after it.</summary>
    /// <param name="plane">The plane.</param>
    /// <exception cref="ArgumentNullException"><paramref name="plane"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public static implicit operator PlaneView<T>(Plane<T> plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        return plane.View;
    }

    /// <summary>The whole plane, for reading only. The view doesn't keep the plane alive.</summary>
    /// <param name="plane">The plane.</param>
    /// <exception cref="ArgumentNullException"><paramref name="plane"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public static implicit operator ReadOnlyPlaneView<T>(Plane<T> plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        return plane.View;
    }

    /// <summary>
    /// A rectangle of this plane as a plane of its own, for lists of maps that stand side by side in one image. It keeps this plane from
    /// being finalised; its own <see cref="Dispose"/> doesn't free the memory.
    /// </summary>
    /// <param name="left">Its first column, at least 0.</param>
    /// <param name="top">Its first row, at least 0.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <returns>A plane on the same pixels, valid until this plane is disposed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty, or not inside this plane.</exception>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public Plane<T> Slice(int left, int top, int width, int height)
    {
        ObjectDisposedException.ThrowIf(pixels is null, this);
        PlaneShape.CheckInside(left, top, width, height, Width, Height);

        // Its rows' last lines are its own where this plane ends, or a line does.
        T* origin = pixels + (nint)top * Pitch + left;
        bool endsOnLine = (((nint)(origin + width) | ((nint)Pitch * sizeof(T))) & (Alignment - 1)) == 0;
        return new(this, origin, width, height, ownsLineEnds && (endsOnLine || left + width == Width));
    }

    /// <summary>One row of <see cref="Width"/> pixels, for writing.</summary>
    /// <param name="y">Row, from 0 at the top.</param>
    /// <returns>The row's pixels, without the padding up to the pitch.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="y"/> is not a row of this plane.</exception>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public Span<T> Row(int y) => View.Row(y);

    /// <summary>Copies a view's pixels.</summary>
    /// <param name="source">The pixels, as large as this plane.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public void CopyFrom(ReadOnlyPlaneView<T> source) => View.CopyFrom(source);

    /// <summary>Copies pixels laid out row by row in a span.</summary>
    /// <param name="pixels">The pixels; must hold the last row up to the width.</param>
    /// <param name="pitch">Distance between the span's rows in pixels, at least <see cref="Width"/>; null: rows without gaps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pitch is below the width.</exception>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public void CopyFrom(ReadOnlySpan<T> pixels, int? pitch = null) => View.CopyFrom(pixels, pitch);

    /// <summary>Copies the pixels into a view.</summary>
    /// <param name="target">The target, as large as this plane; nothing between its width and its pitch is written.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public void CopyTo(PlaneView<T> target) => View.CopyTo(target);

    /// <summary>Copies the pixels row by row into a span.</summary>
    /// <param name="pixels">The target; must have room for the last row up to the width.</param>
    /// <param name="pitch">Distance between the span's rows in pixels, at least <see cref="Width"/>; null: rows without gaps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pitch is below the width.</exception>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public void CopyTo(Span<T> pixels, int? pitch = null) => View.CopyTo(pixels, pitch);

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (pixels is not null && !isBorrowed)
        {
            NativeMemory.AlignedFree(pixels);
            GC.RemoveMemoryPressure((long)Pitch * sizeof(T) * Height);
        }

        pixels = null;
    }
}
