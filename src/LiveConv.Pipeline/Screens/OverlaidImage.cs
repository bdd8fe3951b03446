using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>An 8-bit image with text over it, read row by row. Only the rows with text are copies.</summary>
public readonly ref struct OverlaidImage
{
    private readonly ReadOnlyPlaneView<byte> image;
    private readonly ReadOnlyPlaneView<byte> text;
    private readonly int top;
    private readonly int bottom;

    /// <summary>Initializes an image.</summary>
    /// <param name="image">The image itself.</param>
    /// <param name="text">As large: the image's first and last rows with their text; the rows between are not read.</param>
    /// <param name="top">How many of the first rows have text.</param>
    /// <param name="bottom">How many of the last rows have text.</param>
    internal OverlaidImage(ReadOnlyPlaneView<byte> image, ReadOnlyPlaneView<byte> text, int top, int bottom)
    {
        this.image = image;
        this.text = text;
        this.top = top;
        this.bottom = bottom;
    }

    /// <summary>Width in pixels.</summary>
    public int Width => image.Width;

    /// <summary>Height in pixels.</summary>
    public int Height => image.Height;

    /// <summary>One row of <see cref="Width"/> pixels.</summary>
    /// <param name="y">Row, from 0 at the top.</param>
    /// <returns>The row's pixels. Borrowed like the image.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="y"/> is not a row of this image.</exception>
    public ReadOnlySpan<byte> Row(int y) => (y < top || y >= Height - bottom ? text : image).Row(y);

    /// <summary>Copies the whole image.</summary>
    /// <param name="destination">As large as the image.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination has fewer rows.</exception>
    /// <exception cref="ArgumentException">The destination's rows are shorter.</exception>
    public void CopyTo(PlaneView<byte> destination)
    {
        for (int y = 0; y < Height; y++)
        {
            Row(y).CopyTo(destination.Row(y));
        }
    }
}
