using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>How one plane of an image travels.</summary>
/// <param name="Width">Its columns; 0 when it is not sent.</param>
/// <param name="Height">Its rows.</param>
/// <param name="IsSigned">A map as its sums with their sign.</param>
internal readonly record struct PlanePart(int Width, int Height, bool IsSigned)
{
    /// <summary>Whether the plane is sent.</summary>
    public bool IsSent => Width > 0;
}

/// <summary>What of an image one message holds. Pages of about the same size share it.</summary>
/// <param name="Vertical">Vertical edges.</param>
/// <param name="Horizontal">Horizontal edges.</param>
/// <param name="Camera">The camera's image.</param>
/// <param name="IsJpeg">The planes become JPEG files.</param>
internal readonly record struct ImageParts(PlanePart Vertical, PlanePart Horizontal, PlanePart Camera, bool IsJpeg)
{
    /// <summary>The number of planes that an image has.</summary>
    public const int Planes = 3;

    /// <summary>How a plane travels.</summary>
    /// <param name="plane">Its place in the message.</param>
    public PlanePart this[int plane] => (PlaneName)plane switch
    {
        PlaneName.Vertical => Vertical,
        PlaneName.Horizontal => Horizontal,
        _ => Camera,
    };

    /// <summary>What a page gets of an image, not yet as JPEG.</summary>
    /// <param name="maps">The image; borrowed for the length of the call.</param>
    /// <param name="shown">What the page shows, each plane once.</param>
    /// <param name="isExact">Planes come as large as they are drawn; else as large as pages of about the same size share them.</param>
    public static ImageParts Of(EdgeMaps maps, IReadOnlyList<ShownPlane> shown, bool isExact)
    {
        ImageParts parts = default;
        for (int i = 0; i < shown.Count; i++)
        {
            ShownPlane plane = shown[i];
            Plane<byte> whole = PlaneOf(maps, (int)plane.Plane);
            (int width, int height) = isExact
                ? Reduction.SizeFor(whole, plane.Width, plane.Height)
                : Reduction.SharedSizeFor(whole, plane.Width, plane.Height);
            bool isSigned = plane.Signed && plane.Plane != PlaneName.Camera && SignedMaps.Has(maps.Preset, (int)plane.Plane);
            var part = new PlanePart(width, height, isSigned);
            parts = plane.Plane switch
            {
                PlaneName.Vertical => parts with { Vertical = part },
                PlaneName.Horizontal => parts with { Horizontal = part },
                _ => parts with { Camera = part },
            };
        }

        return parts;
    }

    /// <summary>A plane of an image, whole.</summary>
    /// <param name="maps">The image.</param>
    /// <param name="plane">The plane's place in the message.</param>
    public static Plane<byte> PlaneOf(EdgeMaps maps, int plane) => (PlaneName)plane switch
    {
        PlaneName.Vertical => maps.Vertical,
        PlaneName.Horizontal => maps.Horizontal,
        _ => maps.Frame.Luma,
    };

    /// <summary>The pixels of the largest plane that is sent.</summary>
    public long Pixels => Math.Max(Area(Vertical), Math.Max(Area(Horizontal), Area(Camera)));

    private static long Area(PlanePart part) => (long)part.Width * part.Height;
}
