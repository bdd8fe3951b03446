using System.Runtime.CompilerServices;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>The peers that make 8-bit maps: OpenCV, libyuv and Halide, whichever are installed.</summary>
internal sealed unsafe class PixelPeers
{
    private readonly NativePeer openCv = new("opencv", "libopencv-dev", "-I/usr/include/opencv4", "-lopencv_imgproc", "-lopencv_core");
    private readonly NativePeer libyuv = new("libyuv", "libyuv-dev", "-lyuv");
    private readonly NativePeer halide = new("halide", "libhalide14-0-dev", "-I/usr/include/halide14", "-lHalide14");
    private readonly bool hasOpenCv;
    private readonly bool hasLibyuv;
    private readonly bool hasHalide;

    /// <summary>Builds and loads them; says on standard error which are missing.</summary>
    public PixelPeers() => (hasOpenCv, hasLibyuv, hasHalide) = (Has(openCv), Has(libyuv), Has(halide));

    private enum Method
    {
        SpatialGradient,
        Sobel,
        Filter2D,
        SepFilter2D,
    }

    public static bool Has(NativePeer peer)
    {
        bool isThere = peer.TryLoad();
        if (!isThere)
        {
            Console.Error.WriteLine(peer.Absence);
        }

        return isThere;
    }

    /// <summary>Those with something to say about pairs of 3x3 kernels.</summary>
    public List<Contender<Frames.Set>> Edges(WorkerPool workers)
    {
        List<Contender<Frames.Set>> list = [];
        if (hasHalide)
        {
            list.Add(new("Halide 14, Sobel pair", "sobel", set => RunHalide(set, workers.Threads)));
        }

        if (hasLibyuv)
        {
            list.Add(new("libyuv Sobel rows", "sobel", set => RunLibyuv(set, workers)));
        }

        if (hasOpenCv)
        {
            SetOpenCvThreads(workers.Threads);
            list.Add(new("OpenCV spatialGradient", "sobel", set => RunOpenCv(Method.SpatialGradient, set, Kernels.Sobel)));
            list.Add(new("OpenCV Sobel x2", "sobel", set => RunOpenCv(Method.Sobel, set, Kernels.Sobel)));
            list.Add(new("OpenCV filter2D x2, Prewitt", "prewitt", set => RunOpenCv(Method.Filter2D, set, Kernels.Prewitt)));
            list.Add(new("OpenCV filter2D x2, any", "any", set => RunOpenCv(Method.Filter2D, set, Kernels.Unstructured(3))));
        }

        return list;
    }

    /// <summary>A pair of any kernels; or of two factors each.</summary>
    public IEnumerable<Contender<Frames.Set>> Pair(string name, Kernel[] kernels, WorkerPool workers)
    {
        if (!hasOpenCv)
        {
            return [];
        }

        SetOpenCvThreads(workers.Threads);
        bool isFactors = kernels[0].Height == 1;
        return [
            new($"OpenCV {(isFactors ? "sepFilter2D" : "filter2D")} x2, {name}", name,
            set => RunOpenCv(isFactors ? Method.SepFilter2D : Method.Filter2D, set, kernels))];
    }

    /// <summary>A pair of kernels with a gain, or of fractions, which OpenCV adds in single precision.</summary>
    public IEnumerable<Contender<Frames.Set>> Scaled(string name, Kernel[] kernels, float gain, WorkerPool workers)
    {
        if (!hasOpenCv)
        {
            return [];
        }

        SetOpenCvThreads(workers.Threads);
        bool isFraction = !kernels[0].IsInteger;
        return [new($"OpenCV filter2D x2, {name}", name, set => RunScaled(gain, set, kernels)) { Tolerance = isFraction ? 1 : 0 }];
    }

    private static byte* Origin(Plane<byte> plane) => (byte*)Unsafe.AsPointer(ref plane.Row(0)[0]);

    private void SetOpenCvThreads(int threads) => ((delegate* unmanaged<int, void>)openCv["peer_threads"])(threads);

    private void RunOpenCv(Method method, Frames.Set set, Kernel[] kernels)
    {
        fixed (float* first = kernels[0].Weights, second = kernels[1].Weights)
        {
            ((delegate* unmanaged<int, byte*, int, int, nuint, byte*, byte*, nuint, float*, float*, int, void>)openCv["peer_edges"])(
                (int)method,
                Origin(set.Input),
                set.Input.Width,
                set.Input.Height,
                (nuint)set.Input.Pitch,
                Origin(set.Maps[0]),
                Origin(set.Maps[1]),
                (nuint)set.Maps[0].Pitch,
                first,
                second,
                kernels[0].Width);
        }
    }

    private void RunScaled(double gain, Frames.Set set, Kernel[] kernels)
    {
        fixed (float* first = kernels[0].Weights, second = kernels[1].Weights)
        {
            ((delegate* unmanaged<double, byte*, int, int, nuint, byte*, byte*, nuint, float*, float*, int, void>)openCv["peer_scaled"])(
                gain,
                Origin(set.Input),
                set.Input.Width,
                set.Input.Height,
                (nuint)set.Input.Pitch,
                Origin(set.Maps[0]),
                Origin(set.Maps[1]),
                (nuint)set.Maps[0].Pitch,
                first,
                second,
                kernels[0].Width);
        }
    }

    private void RunHalide(Frames.Set set, int threads) =>
        ((delegate* unmanaged<byte*, int, int, nuint, byte*, byte*, nuint, int, void>)halide["peer_pair"])(
            Origin(set.Input),
            set.Input.Width,
            set.Input.Height,
            (nuint)set.Input.Pitch,
            Origin(set.Maps[0]),
            Origin(set.Maps[1]),
            (nuint)set.Maps[0].Pitch,
            threads);

    // Of rows only: our workers share them out.
    private void RunLibyuv(Frames.Set set, WorkerPool workers)
    {
        var job = new LibyuvJob
        {
            Rows = (delegate* unmanaged<byte*, int, int, nuint, byte*, byte*, nuint, int, int, void>)libyuv["peer_rows"],
            Input = Origin(set.Input),
            Width = set.Input.Width,
            Height = set.Input.Height,
            Pitch = (nuint)set.Input.Pitch,
            First = Origin(set.Maps[0]),
            Second = Origin(set.Maps[1]),
            MapPitch = (nuint)set.Maps[0].Pitch,
        };
        workers.Run(ref job, (job.Height + LibyuvJob.TileRows - 1) / LibyuvJob.TileRows);
    }

    private struct LibyuvJob : ITileJob
    {
        public const int TileRows = 32;
        public delegate* unmanaged<byte*, int, int, nuint, byte*, byte*, nuint, int, int, void> Rows;
        public byte* Input;
        public int Width;
        public int Height;
        public nuint Pitch;
        public byte* First;
        public byte* Second;
        public nuint MapPitch;

        public readonly void Run(int tile) =>
            Rows(Input, Width, Height, Pitch, First, Second, MapPitch, tile * TileRows, Math.Min(TileRows, Height - tile * TileRows));
    }
}
