using System.Runtime.CompilerServices;
using LiveConv.Convolution;
using OpenCvSharp;

namespace LiveConv.Benchmarks;

/// <summary>The OpenCV of OpenCvSharp's package, as users of .NET have it.</summary>
internal sealed unsafe class OpenCvSharpPeer : OpenCvPeer, IDisposable
{
    private const BorderTypes Mirror = BorderTypes.Reflect101;
    private static readonly Point Middle = new(-1, -1);
    private readonly Mat dx = new();
    private readonly Mat dy = new();

    private OpenCvSharpPeer()
    {
    }

    /// <summary>Loads it.</summary>
    /// <returns>Null where it does not load; standard error says why.</returns>
    public static OpenCvSharpPeer? TryLoad()
    {
        try
        {
            return new OpenCvSharpPeer();
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or BadImageFormatException)
        {
            Console.Error.WriteLine($"no OpenCvSharp: {(e.InnerException ?? e).Message}");
            return null;
        }
    }

    public void Dispose()
    {
        dx.Dispose();
        dy.Dispose();
    }

    public override void SetThreads(int threads) => Cv2.SetNumThreads(threads);

    public override void Run(OpenCvMethod method, Frames.Set set, Kernel[] kernels, double gain)
    {
        using Mat source = Over(set.Input);
        using Mat first = Over(set.Maps[0]);
        using Mat second = Over(set.Maps[1]);
        switch (method)
        {
            case OpenCvMethod.SpatialGradient:
                Cv2.SpatialGradient(source, dx, dy, 3, Mirror);
                break;
            case OpenCvMethod.Sobel:
                Cv2.Sobel(source, dx, MatType.CV_16S, 1, 0, 3, 1, 0, Mirror);
                Cv2.Sobel(source, dy, MatType.CV_16S, 0, 1, 3, 1, 0, Mirror);
                break;
            case OpenCvMethod.Filter2DToPixels or OpenCvMethod.SepFilter2DToPixels:
                Filter(method, source, MatType.CV_8U, first, second, kernels);
                return;
            default:
                Filter(method, source, MatType.CV_16S, dx, dy, kernels);
                break;
        }

        Cv2.ConvertScaleAbs(dx, first, gain);
        Cv2.ConvertScaleAbs(dy, second, gain);
    }

    protected override string BuildInformation() => Cv2.GetBuildInformation();

    private static void Filter(OpenCvMethod method, Mat source, MatType type, Mat first, Mat second, Kernel[] kernels)
    {
        using Mat k0 = Over(kernels[0]);
        using Mat k1 = Over(kernels[1]);
        if (method is OpenCvMethod.SepFilter2D or OpenCvMethod.SepFilter2DToPixels)
        {
            Cv2.SepFilter2D(source, first, type, k0, k1, Middle, 0, Mirror);
            Cv2.SepFilter2D(source, second, type, k1, k0, Middle, 0, Mirror);
        }
        else
        {
            Cv2.Filter2D(source, first, type, k0, Middle, 0, Mirror);
            Cv2.Filter2D(source, second, type, k1, Middle, 0, Mirror);
        }
    }

    private static Mat Over(Plane<byte> plane) => Mat.FromPixelData(
        plane.Height, plane.Width, MatType.CV_8UC1, (nint)Unsafe.AsPointer(ref plane.Row(0)[0]), plane.Pitch);

    private static Mat Over(Kernel kernel) => Mat.FromPixelData(kernel.Height, kernel.Width, MatType.CV_32FC1, kernel.Weights.ToArray());
}
