using LiveConv.Convolution;
using OpenCvSharp;

namespace LiveConv.OpenCv;

/// <summary>Copies rows between 8-bit gray matrices of OpenCV and planes.</summary>
internal static unsafe class MatPixels
{
    public static void CopyTo(this Mat mat, PlaneView<byte> plane)
    {
        Check(mat, plane.Width, plane.Height);
        for (int y = 0; y < plane.Height; y++)
        {
            RowOf(mat, y, plane.Width).CopyTo(plane.Row(y));
        }
    }

    public static void CopyFrom(this Mat mat, ReadOnlyPlaneView<byte> plane)
    {
        Check(mat, plane.Width, plane.Height);
        for (int y = 0; y < plane.Height; y++)
        {
            plane.Row(y).CopyTo(RowOf(mat, y, plane.Width));
        }
    }

    /// <summary>Keeps a gray matrix as long as its size fits.</summary>
    public static Mat Fit(ref Mat? mat, int width, int height)
    {
        if (mat is null || mat.Cols != width || mat.Rows != height)
        {
            mat?.Dispose();
            mat = null;
            mat = new Mat(height, width, MatType.CV_8UC1);
        }

        return mat;
    }

    private static Span<byte> RowOf(Mat mat, int y, int width) => new((byte*)mat.Data + (y * mat.Step()), width);

    private static void Check(Mat mat, int width, int height)
    {
        if (mat.Type() != MatType.CV_8UC1 || mat.Cols != width || mat.Rows != height)
        {
            throw new ArgumentException(
                $"the matrix is {mat.Cols}x{mat.Rows} {mat.Type()}; the plane is {width}x{height} of 8-bit gray", nameof(mat));
        }
    }
}
