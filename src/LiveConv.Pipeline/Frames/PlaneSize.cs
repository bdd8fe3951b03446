using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>Reuses a plane while its size stays the same.</summary>
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
