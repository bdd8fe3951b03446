using System.Text.RegularExpressions;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>What an OpenCV is asked to do.</summary>
internal enum OpenCvMethod
{
    SpatialGradient,
    Sobel,
    Filter2D,
    SepFilter2D,
    Filter2DToPixels,
    SepFilter2DToPixels,
}

/// <summary>One build of OpenCV, named by what it reports. Every job but one makes 16-bit sums and turns them into pixels.</summary>
internal abstract partial class OpenCvPeer
{
    private string? name;

    /// <summary>Its version, and IPP's where it was built with that: <c>OpenCV 4.13.0 (IPP 2022.2.0)</c>.</summary>
    public string Name => name ??= NameOf(BuildInformation());

    public abstract void SetThreads(int threads);

    /// <summary>Two maps of an image.</summary>
    /// <param name="kernels">The kernels; or the two factors of the first, which the second has the other way round.</param>
    /// <param name="gain">What the sums are multiplied with.</param>
    public abstract void Run(OpenCvMethod method, Frames.Set set, Kernel[] kernels, double gain);

    /// <summary>Those with something to say about pairs of 3x3 kernels.</summary>
    public IEnumerable<Contender<Frames.Set>> Edges(WorkerPool workers)
    {
        SetThreads(workers.Threads);
        return
        [
            Of("spatialGradient", "sobel", OpenCvMethod.SpatialGradient, Kernels.Sobel),
            Of("Sobel x2", "sobel", OpenCvMethod.Sobel, Kernels.Sobel),
            Of("sepFilter2D x2, Prewitt", "prewitt", OpenCvMethod.SepFilter2D, Kernels.GradientFactors(1, 1)),
            Of("sepFilter2D x2, Scharr", "scharr", OpenCvMethod.SepFilter2D, Kernels.GradientFactors(3, 10)),
            Of("filter2D x2, any", "any", OpenCvMethod.Filter2D, Kernels.Unstructured(3)),
        ];
    }

    /// <summary>A pair of any kernels; or of two factors each.</summary>
    public Contender<Frames.Set> Pair(string job, Kernel[] kernels, WorkerPool workers)
    {
        SetThreads(workers.Threads);
        return kernels[0].Height == 1
            ? Of($"sepFilter2D x2, {job}", job, OpenCvMethod.SepFilter2D, kernels)
            : Of($"filter2D x2, {job}", job, OpenCvMethod.Filter2D, kernels);
    }

    /// <summary>A pair of kernels with a gain, or of fractions, which OpenCV adds in single precision.</summary>
    public Contender<Frames.Set> Scaled(string job, Kernel[] kernels, float gain, WorkerPool workers)
    {
        SetThreads(workers.Threads);
        return Of($"filter2D x2, {job}", job, OpenCvMethod.Filter2D, kernels, gain) with { Tolerance = kernels[0].IsInteger ? 0 : 1 };
    }

    /// <summary>Kernels of fractions that are a column times a row, given by their factors: to 16-bit sums, and to pixels.</summary>
    public IEnumerable<Contender<Frames.Set>> SeparableFractions(string job, Kernel[] factors, WorkerPool workers)
    {
        SetThreads(workers.Threads);
        return
        [
            Of($"sepFilter2D x2, {job}", job, OpenCvMethod.SepFilter2D, factors) with { Tolerance = 1 },
            Of($"sepFilter2D x2, {job}, clamped", $"{job}, clamped", OpenCvMethod.SepFilter2DToPixels, factors) with { Tolerance = 1 },
        ];
    }

    /// <summary>The same straight to pixels, which has no absolute values and no gain: another map.</summary>
    public Contender<Frames.Set> ToPixels(string job, Kernel[] kernels, WorkerPool workers)
    {
        SetThreads(workers.Threads);
        return Of($"filter2D x2, {job}, clamped", $"{job}, clamped", OpenCvMethod.Filter2DToPixels, kernels) with { Tolerance = 1 };
    }

    protected abstract string BuildInformation();

    private Contender<Frames.Set> Of(string what, string job, OpenCvMethod method, Kernel[] kernels, double gain = 1) =>
        new($"{Name}: {what}", job, set => Run(method, set, kernels, gain));

    private static string NameOf(string build)
    {
        string version = VersionLine().Match(build).Groups[1].Value;
        Match ipp = IppLine().Match(build);
        return $"OpenCV {version}{(ipp.Success ? $" (IPP {ipp.Groups[1].Value})" : "")}";
    }

    [GeneratedRegex(@"OpenCV (\d+\.\d+\.\d+)")]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"Intel IPP: +([\d.]+)")]
    private static partial Regex IppLine();
}
