using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>The image that screens and recordings show: vertical edges left, horizontal edges right, nothing between.</summary>
public static class SideBySide
{
    /// <summary>The size of the image of these maps.</summary>
    /// <param name="maps">The maps; borrowed.</param>
    /// <returns>The widths of both maps together, and the height of the higher one, in pixels.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="maps"/> is null.</exception>
    public static (int Width, int Height) SizeOf(EdgeMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        return (maps.Vertical.Width + maps.Horizontal.Width, Math.Max(maps.Vertical.Height, maps.Horizontal.Height));
    }

    /// <summary>
    /// Copies both maps into an image. A layer stack can produce maps of two heights: below the lower one the image is black.
    /// </summary>
    /// <param name="maps">The maps; borrowed.</param>
    /// <param name="image">The destination, of the size given by <see cref="SizeOf"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="maps"/> is null.</exception>
    /// <exception cref="ArgumentException">The image has another size.</exception>
    public static void Copy(EdgeMaps maps, PlaneView<byte> image)
    {
        if (SizeOf(maps) != (image.Width, image.Height))
        {
            throw new ArgumentException($"the image is {image.Width}x{image.Height}; the maps need {SizeOf(maps)}", nameof(image));
        }

        Copy(maps.Vertical, image, 0);
        Copy(maps.Horizontal, image, maps.Vertical.Width);
    }

    private static void Copy(ReadOnlyPlaneView<byte> map, PlaneView<byte> image, int left)
    {
        image.Slice(left, 0, map.Width, map.Height).CopyFrom(map);
        if (map.Height < image.Height)
        {
            image.Slice(left, map.Height, map.Width, image.Height - map.Height).Fill(0);
        }
    }
}
