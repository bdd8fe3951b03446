using LiveConv.Convolution;
using LiveConv.Pipeline;
using OpenCvSharp;

namespace LiveConv.OpenCv;

/// <summary>8-bit gray matrices of OpenCV as planes, and planes copied into them.</summary>
internal static unsafe class MatPixels
{
    /// <summary>The matrix's pixels where they are; valid as long as the matrix is not changed.</summary>
    public static ReadOnlyPlaneView<byte> AsPlane(this Mat mat)
    {
        Check(mat, mat.Cols, mat.Rows);
        return ViewOf(mat);
    }

    public static void CopyFrom(this Mat mat, ReadOnlyPlaneView<byte> plane)
    {
        Check(mat, plane.Width, plane.Height);
        plane.CopyTo(ViewOf(mat));
    }

    public static void CopyFrom(this Mat mat, OverlaidImage image)
    {
        Check(mat, image.Width, image.Height);
        image.CopyTo(ViewOf(mat));
    }

    /// <summary>Reuses a gray matrix while its size stays the same.</summary>
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

    private static PlaneView<byte> ViewOf(Mat mat)
    {
        int pitch = checked((int)mat.Step());
        return new(new Span<byte>((byte*)mat.Data, checked(pitch * (mat.Rows - 1) + mat.Cols)), mat.Cols, mat.Rows, pitch);
    }

    private static void Check(Mat mat, int width, int height)
    {
        if (mat.Type() != MatType.CV_8UC1 || mat.Cols != width || mat.Rows != height)
        {
            throw new ArgumentException(
                $"the matrix is {mat.Cols}x{mat.Rows} {mat.Type()}; the plane is {width}x{height} of 8-bit gray", nameof(mat));
        }
    }
}
