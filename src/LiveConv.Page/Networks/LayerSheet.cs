using LiveConv.Convolution;
using LiveConv.Networks;

namespace LiveConv.Page;

/// <summary>The maps of one layer as small images in one sheet. One thread at a time.</summary>
/// <param name="runner">Whose layers.</param>
internal sealed class LayerSheet(NetworkRunner runner)
{
    private const int MaxMaps = 256;
    private const int MaxPixels = 1 << 19;
    private Plane<float>[] planes = [];
    private float[] values = [];
    private int planned = -1;

    /// <summary>A layer's maps as the last run left them.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="width">Columns of a small map, at most.</param>
    public SheetLine Of(int layer, int width)
    {
        Read(layer);
        return Of(planes, runner.Network.Layers[layer].Channels, width);
    }

    /// <summary>Planes of one size as small images in one sheet.</summary>
    /// <param name="planes">The first of them, at least one.</param>
    /// <param name="count">How many there are in all.</param>
    /// <param name="width">Columns of a small image, at most.</param>
    public static SheetLine Of(IReadOnlyList<Plane<float>> planes, int count, int width)
    {
        var scaler = new MapScaler(planes);
        var whole = new ImageSize(planes[0].Width, planes[0].Height);
        ImageSize size = MapScaler.SizeOf(whole, width);
        while (size.Width > 1 && (long)size.Width * size.Height * planes.Count > MaxPixels)
        {
            size = MapScaler.SizeOf(whole, size.Width * 3 / 4);
        }

        int columns = ColumnsFor(planes.Count, size);
        int rows = (planes.Count + columns - 1) / columns;
        using var sheet = new Plane<byte>(columns * size.Width, rows * size.Height);
        for (int i = 0; i < planes.Count; i++)
        {
            using Plane<byte> place = sheet.Slice(i % columns * size.Width, i / columns * size.Height, size.Width, size.Height);
            scaler.Draw(planes[i], place);
        }

        string pixels = SmallMap.From(sheet).Pixels;
        return new SheetLine(count, planes.Count, columns, size.Width, size.Height, scaler.Scale, scaler.IsSigned, pixels);
    }

    // So that the sheet is about square.
    private static int ColumnsFor(int maps, ImageSize size) =>
        Math.Clamp((int)Math.Ceiling(Math.Sqrt((double)maps * size.Height / size.Width)), 1, maps);

    private void Read(int layer)
    {
        NetworkLayer of = runner.Network.Layers[layer];
        if (planned != layer)
        {
            Array.ForEach(planes, plane => plane.Dispose());
            planes = [.. Enumerable.Range(0, Math.Min(of.Channels, MaxMaps)).Select(_ => new Plane<float>(of.Width, of.Height))];
            values = new float[of.Width * of.Height];
            planned = layer;
        }

        for (int channel = 0; channel < planes.Length; channel++)
        {
            runner.CopyPlane(layer, channel, values);
            for (int y = 0; y < of.Height; y++)
            {
                values.AsSpan(y * of.Width, of.Width).CopyTo(planes[channel].Row(y));
            }
        }
    }
}
