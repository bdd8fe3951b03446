using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Planes as the layers of tensors see them: floats without gaps between the rows.</summary>
internal static class PlaneFloats
{
    public static float[] Of<T>(ReadOnlyPlaneView<T> plane)
        where T : unmanaged, INumberBase<T>
    {
        float[] pixels = new float[checked(plane.Width * plane.Height)];
        for (int y = 0; y < plane.Height; y++)
        {
            ReadOnlySpan<T> row = plane.Row(y);
            Span<float> target = pixels.AsSpan(y * plane.Width, plane.Width);
            for (int x = 0; x < row.Length; x++)
            {
                target[x] = float.CreateSaturating(row[x]);
            }
        }

        return pixels;
    }

    public static Plane<float> ToPlane(ReadOnlySpan<float> pixels, int width, int height)
    {
        var plane = new Plane<float>(width, height);
        plane.CopyFrom(pixels);
        return plane;
    }

    /// <summary>A plane has one channel, and so must the layer have.</summary>
    public static void CheckOneChannel(nint channels)
    {
        if (channels != 1)
        {
            throw Shapes.Error("input", $"this layer has {channels} output channels; give it a tensor");
        }
    }
}
