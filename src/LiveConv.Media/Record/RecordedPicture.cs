using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Lays what is recorded side by side into one picture without padding. Reuses its memory.</summary>
/// <param name="what">What is recorded.</param>
internal sealed class RecordedPicture(RecordWhat what)
{
    private byte[] pixels = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>The picture, row by row.</summary>
    public Span<byte> Pixels => pixels.AsSpan(0, Width * Height);

    /// <summary>How large the picture of these maps is.</summary>
    public (int Width, int Height) SizeOf(EdgeMaps maps) =>
        what == RecordWhat.Both ? (maps.Vertical.Width * 2, maps.Vertical.Height) : (Part(maps).Width, Part(maps).Height);

    /// <summary>Takes the picture of these maps.</summary>
    public void Take(EdgeMaps maps)
    {
        (Width, Height) = SizeOf(maps);
        if (pixels.Length < Width * Height)
        {
            pixels = GC.AllocateUninitializedArray<byte>(Width * Height);
        }

        if (what == RecordWhat.Both)
        {
            Copy(maps.Vertical, 0);
            Copy(maps.Horizontal, maps.Vertical.Width);
        }
        else
        {
            Copy(Part(maps), 0);
        }
    }

    private Plane<byte> Part(EdgeMaps maps) => what switch
    {
        RecordWhat.Horizontal => maps.Horizontal,
        RecordWhat.Camera => maps.Frame.Luma,
        _ => maps.Vertical,
    };

    private void Copy(Plane<byte> plane, int left)
    {
        ReadOnlyPlaneView<byte> view = plane.View;
        for (int y = 0; y < view.Height; y++)
        {
            view.Row(y).CopyTo(pixels.AsSpan(y * Width + left));
        }
    }
}
