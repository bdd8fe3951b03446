using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>Keeps a plane as long as its size still fits.</summary>
internal static class PlaneSize
{
    public static void Fit(ref Plane<byte>? plane, int width, int height)
    {
        if (plane is null || plane.Width != width || plane.Height != height)
        {
            plane?.Dispose();
            plane = null;
            plane = new Plane<byte>(width, height);
        }
    }
}
