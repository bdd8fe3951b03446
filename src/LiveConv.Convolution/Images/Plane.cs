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
    private const int Alignment = 64;
    private const int AliasingDistance = 2048;
    private readonly bool isBorrowed;

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
        long rowBytes = ((long)width * sizeof(T) + Alignment - 1) / Alignment * Alignment;
        if (rowBytes % AliasingDistance == 0)
        {
            // Rows a power of two apart fall into the same cache sets, and a filter reads many rows at once.
            rowBytes += Alignment;
        }

        long bytes = rowBytes * height;
        if (bytes > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(height), height, $"a plane of {width}x{height} would need {bytes} bytes; the limit is 2 GiB");
        }

        Width = width;
        Height = height;
        Pitch = (int)(rowBytes / sizeof(T));
        pixels = (T*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        NativeMemory.Clear(pixels, (nuint)bytes);
        GC.AddMemoryPressure(bytes);
    }

    /// <summary>Wraps borrowed memory, aligned and padded as this class does it.</summary>
    internal Plane(T* pixels, int width, int height, int pitch)
    {
        Width = width;
        Height = height;
        Pitch = pitch;
        this.pixels = pixels;
        isBorrowed = true;
    }

    /// <summary>Some rows of another plane, which must be disposed after this one.</summary>
    internal Plane(Plane<T> owner, int firstRow, int height)
        : this(owner.pixels + (nint)firstRow * owner.Pitch, owner.Width, height, owner.Pitch) => this.owner = owner;

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
            return new PlaneView<T>(ref Unsafe.AsRef<T>(pixels), Width, Height, Pitch);
        }
    }

    /// <summary>One row of <see cref="Width"/> pixels, for writing.</summary>
    /// <param name="y">Row, from 0 at the top.</param>
    /// <returns>The row's pixels, without the padding up to the pitch.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="y"/> is not a row of this plane.</exception>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public Span<T> Row(int y) => View.Row(y);

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
