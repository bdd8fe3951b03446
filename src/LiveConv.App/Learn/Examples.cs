using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>Collects examples: windows of images with the desired response of the kernel.</summary>
internal static class Examples
{
    private const double MaxProducts = 2e8;

    /// <summary>Collects from an image and its signed response, of the same size or smaller by the kernel.</summary>
    /// <exception cref="LiveConvException">The sizes do not fit.</exception>
    public static LeastSquares FromArrays(NumberArray input, NumberArray target, double zero, int height, int width)
    {
        (int rows, int columns) = (input.Shape[0] - height + 1, input.Shape[1] - width + 1);
        bool isSame = target.Shape.SequenceEqual(input.Shape);
        if (rows < 1 || columns < 1 || !(isSame || target.Shape.SequenceEqual([rows, columns])))
        {
            throw new LiveConvException(
                $"a target for an input of {input.ShapeText} and a kernel of {width}x{height} has shape {input.ShapeText} or "
                + $"({rows}, {columns}); this one has {target.ShapeText}");
        }

        // A target of the image's size has the kernel's centre on each pixel; only windows entirely within the image are used.
        (int top, int left) = isSame ? (height / 2, width / 2) : (0, 0);
        int across = target.Shape[1];
        var problem = new LeastSquares(height, width);
        ExampleImages.Add(
            problem,
            (y, x) => input.Values[y * input.Shape[1] + x],
            (y, x) => target.Values[(y + top) * across + x + left] - zero,
            rows,
            columns,
            MaxProducts);
        return problem;
    }

    /// <summary>Collects from the response of one of a preset's kernels to a source's frames.</summary>
    /// <exception cref="LiveConvException">The source fails, or delivers no usable frame.</exception>
    public static LeastSquares FromSource(IKernelExamples examples, SourceRequest request, int height, int width)
    {
        var problem = new LeastSquares(height, width);
        using var workers = new WorkerPool();
        using IFrameSource source =
            SourceChoice.Create(request.Source, allowsPlaylists: false, new SourceMode(), Clock.System, request.Notices);
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        source.Open(CancellationToken.None);
        for (int n = 0; n < request.Frames && source.Read(frame); n++)
        {
            examples.Add(problem, frame.Luma, workers, MaxProducts / request.Frames);
        }

        return problem.Examples > 0
            ? problem
            : throw new LiveConvException($"{request.Source} delivered no image that a kernel of {width}x{height} fits into");
    }
}

/// <summary>The source of live examples.</summary>
/// <param name="Source">The value of <c>--source</c>.</param>
/// <param name="Frames">The number of frames.</param>
/// <param name="Notices">Receives the source's notices.</param>
internal sealed record SourceRequest(string Source, int Frames, Notices Notices);
