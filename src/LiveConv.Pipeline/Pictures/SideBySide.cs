using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>The picture that screens and recordings show: vertical edges left, horizontal edges right, nothing between.</summary>
public static class SideBySide
{
    /// <summary>How large the picture of these maps is.</summary>
    /// <param name="maps">The maps; borrowed.</param>
    /// <returns>The widths of both maps together, and the height of the higher one, in pixels.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="maps"/> is null.</exception>
    public static (int Width, int Height) SizeOf(EdgeMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        return (maps.Vertical.Width + maps.Horizontal.Width, Math.Max(maps.Vertical.Height, maps.Horizontal.Height));
    }

    /// <summary>Copies both maps into a picture. Layers can give maps of two heights: below the lower one it is black.</summary>
    /// <param name="maps">The maps; borrowed.</param>
    /// <param name="picture">Where to; of the size that <see cref="SizeOf"/> says.</param>
    /// <exception cref="ArgumentNullException"><paramref name="maps"/> is null.</exception>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    public static void Copy(EdgeMaps maps, PlaneView<byte> picture)
    {
        if (SizeOf(maps) != (picture.Width, picture.Height))
        {
            throw new ArgumentException($"the picture is {picture.Width}x{picture.Height}; the maps need {SizeOf(maps)}", nameof(picture));
        }

        Copy(maps.Vertical.View, picture, 0);
        Copy(maps.Horizontal.View, picture, maps.Vertical.Width);
    }

    private static void Copy(ReadOnlyPlaneView<byte> map, PlaneView<byte> picture, int left)
    {
        for (int y = 0; y < picture.Height; y++)
        {
            Span<byte> target = picture.Row(y).Slice(left, map.Width);
            if (y < map.Height)
            {
                map.Row(y).CopyTo(target);
            }
            else
            {
                target.Clear();
            }
        }
    }
}
