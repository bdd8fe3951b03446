using System.Runtime.CompilerServices;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>The peers that make 8-bit maps: two OpenCVs, libyuv and Halide, whichever are installed, and the yardstick.</summary>
internal sealed unsafe class PixelPeers
{
    private readonly List<OpenCvPeer> openCvs = [];
    private readonly NativePeer libyuv = new("libyuv", "libyuv-dev", "-lyuv");
    private readonly NativePeer halide = new("halide", "libhalide14-0-dev", "-I/usr/include/halide14", "-lHalide14");
    private readonly bool hasLibyuv;
    private readonly bool hasHalide;

    /// <summary>Builds and loads them; says on standard error which are missing.</summary>
    public PixelPeers()
    {
        (hasLibyuv, hasHalide) = (Has(libyuv), Has(halide));
        var openCv = new NativePeer("opencv", "libopencv-dev", "-I/usr/include/opencv4", "-lopencv_imgproc", "-lopencv_core");
        if (Has(openCv))
        {
            openCvs.Add(new NativeOpenCvPeer(openCv));
        }

        if (OpenCvSharpPeer.TryLoad() is { } packaged)
        {
            openCvs.Add(packaged);
        }
    }

    /// <summary>The OpenCVs with their versions.</summary>
    public IEnumerable<string> Versions => openCvs.Select(openCv => openCv.Name);

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

        if (Yardstick.IsSupported)
        {
            list.Add(new("yardstick, Sobel pair", "sobel", set => Yardstick.Run(set, workers, streams: false)));
            list.Add(new("yardstick, Sobel pair, streamed", "sobel", set => Yardstick.Run(set, workers, streams: true)));
        }

        list.AddRange(openCvs.SelectMany(openCv => openCv.Edges(workers)));
        return list;
    }

    /// <summary>A pair of any kernels; or of two factors each.</summary>
    public IEnumerable<Contender<Frames.Set>> Pair(string name, Kernel[] kernels, WorkerPool workers) =>
        openCvs.Select(openCv => openCv.Pair(name, kernels, workers));

    /// <summary>A pair of kernels with a gain, or of fractions.</summary>
    public IEnumerable<Contender<Frames.Set>> Scaled(string name, Kernel[] kernels, float gain, WorkerPool workers) =>
        openCvs.Select(openCv => openCv.Scaled(name, kernels, gain, workers));

    /// <summary>A pair of kernels of fractions, straight to pixels.</summary>
    public IEnumerable<Contender<Frames.Set>> ToPixels(string name, Kernel[] kernels, WorkerPool workers) =>
        openCvs.Select(openCv => openCv.ToPixels(name, kernels, workers));

    /// <summary>A pair of kernels of fractions that are a column times a row, given by their factors.</summary>
    public IEnumerable<Contender<Frames.Set>> SeparableFractions(string name, Kernel[] factors, WorkerPool workers) =>
        openCvs.SelectMany(openCv => openCv.SeparableFractions(name, factors, workers));

    private static byte* Origin(Plane<byte> plane) => (byte*)Unsafe.AsPointer(ref plane.Row(0)[0]);

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
