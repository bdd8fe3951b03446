using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>How one plane of an image travels.</summary>
/// <param name="Factor">By how much it is reduced, from 1; 0 when it is not sent.</param>
/// <param name="IsSigned">A map as its sums with their sign.</param>
internal readonly record struct PlanePart(int Factor, bool IsSigned)
{
    /// <summary>Whether the plane is sent.</summary>
    public bool IsSent => Factor > 0;
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
    public static ImageParts Of(EdgeMaps maps, IReadOnlyList<ShownPlane> shown)
    {
        ImageParts parts = default;
        for (int i = 0; i < shown.Count; i++)
        {
            ShownPlane plane = shown[i];
            var part = new PlanePart(Reduction.FactorFor(PlaneOf(maps, (int)plane.Plane), plane.Width, plane.Height), false);
            part = part with { IsSigned = plane.Signed && plane.Plane != PlaneName.Camera && SignedMaps.Has(maps.Preset) };
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
    public long PixelsOf(EdgeMaps maps)
    {
        long largest = 0;
        for (int plane = 0; plane < Planes; plane++)
        {
            if (this[plane] is { IsSent: true } part)
            {
                Plane<byte> whole = PlaneOf(maps, plane);
                largest = Math.Max(largest, (long)Reduction.Length(whole.Width, part.Factor) * Reduction.Length(whole.Height, part.Factor));
            }
        }

        return largest;
    }
}
