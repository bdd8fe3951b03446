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
/// <param name="SignedVertical">Vertical edges once more, with their sign.</param>
/// <param name="SignedHorizontal">Horizontal edges once more, with their sign.</param>
/// <param name="IsJpeg">The planes become JPEG files.</param>
internal readonly record struct ImageParts(
    PlanePart Vertical, PlanePart Horizontal, PlanePart Camera, PlanePart SignedVertical, PlanePart SignedHorizontal, bool IsJpeg)
{
    /// <summary>The number of planes that a message can have.</summary>
    public const int Planes = 5;

    /// <summary>How a plane travels.</summary>
    /// <param name="plane">Its place in the message.</param>
    public PlanePart this[int plane] => (PlaneName)plane switch
    {
        PlaneName.Vertical => Vertical,
        PlaneName.Horizontal => Horizontal,
        PlaneName.SignedVertical => SignedVertical,
        PlaneName.SignedHorizontal => SignedHorizontal,
        _ => Camera,
    };

    /// <summary>The plane of the image that a plane of a message shows, with its sign or without.</summary>
    /// <param name="plane">Its place in the message.</param>
    public static int SourceOf(int plane) => (PlaneName)plane switch
    {
        PlaneName.SignedVertical => (int)PlaneName.Vertical,
        PlaneName.SignedHorizontal => (int)PlaneName.Horizontal,
        _ => plane,
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
            int source = SourceOf((int)plane.Plane);
            Plane<byte> whole = PlaneOf(maps, source);
            (int width, int height) = isExact
                ? Reduction.SizeFor(whole, plane.Width, plane.Height)
                : Reduction.SharedSizeFor(whole, plane.Width, plane.Height);
            bool isAsked = (plane.Signed && plane.Plane != PlaneName.Camera) || source != (int)plane.Plane;
            bool isSigned = isAsked && SignedMaps.Has(maps.Preset, source);
            var part = new PlanePart(width, height, isSigned);
            parts = plane.Plane switch
            {
                PlaneName.Vertical => parts with { Vertical = part },
                PlaneName.Horizontal => parts with { Horizontal = part },
                PlaneName.SignedVertical => parts with { SignedVertical = part },
                PlaneName.SignedHorizontal => parts with { SignedHorizontal = part },
                _ => parts with { Camera = part },
            };
        }

        return parts;
    }

    /// <summary>A plane of an image, whole.</summary>
    /// <param name="maps">The image.</param>
    /// <param name="plane">Its place in the image, as <see cref="SourceOf"/> returns it.</param>
    public static Plane<byte> PlaneOf(EdgeMaps maps, int plane) => (PlaneName)plane switch
    {
        PlaneName.Vertical => maps.Vertical,
        PlaneName.Horizontal => maps.Horizontal,
        _ => maps.Frame.Luma,
    };

    /// <summary>The pixels of the largest plane that is sent.</summary>
    public long Pixels
    {
        get
        {
            long largest = 0;
            for (int i = 0; i < Planes; i++)
            {
                largest = Math.Max(largest, Area(this[i]));
            }

            return largest;
        }
    }

    private static long Area(PlanePart part) => (long)part.Width * part.Height;
}
