using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>The picture that screens and recordings show: vertical edges left, horizontal edges right, nothing between.</summary>
public static class SideBySide
{
    /// <summary>How large the picture of these maps is.</summary>
    /// <param name="maps">The maps; borrowed.</param>
    /// <returns>Twice the width of a map, and its height, in pixels.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="maps"/> is null.</exception>
    public static (int Width, int Height) SizeOf(EdgeMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        return (maps.Vertical.Width * 2, maps.Vertical.Height);
    }

    /// <summary>Copies both maps into a picture.</summary>
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

        ReadOnlyPlaneView<byte> vertical = maps.Vertical.View;
        ReadOnlyPlaneView<byte> horizontal = maps.Horizontal.View;
        for (int y = 0; y < picture.Height; y++)
        {
            Span<byte> row = picture.Row(y);
            vertical.Row(y).CopyTo(row);
            horizontal.Row(y).CopyTo(row[vertical.Width..]);
        }
    }
}
