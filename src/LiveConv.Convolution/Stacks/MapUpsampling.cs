namespace LiveConv.Convolution.Stacks;

/// <summary>Enlarges maps of one size, as <see cref="Functional"/> enlarges tensors. Immutable; a call allocates nothing.</summary>
internal sealed unsafe class MapUpsampling
{
    private readonly UpsamplingMode mode;
    private readonly NearestSampling<float> nearest;
    private readonly BilinearSampling<float> bilinear;
    private readonly TransposeShape? transposed;
    private readonly float[] weights = [];

    public MapUpsampling(Upsampling upsampling, ImageSize input)
    {
        (int height, int width, int factor) = (input.Height, input.Width, upsampling.Factor);
        mode = upsampling.Mode;
        switch (mode)
        {
            case UpsamplingMode.Nearest:
                nearest = new(Sampling.Nearest(height, height * factor, factor, 1), Sampling.Nearest(width, width * factor, factor, 1));
                break;
            case UpsamplingMode.Bilinear:
                bilinear =
                    new(Sampling.Linear<float>(height, height * factor, factor), Sampling.Linear<float>(width, width * factor, factor));
                break;
            default:
                // Cropped so that the anchor is on the value's position.
                Kernel kernel = upsampling.Kernel!;
                var down = new Axis(height, kernel.Height, factor, 1, kernel.AnchorY, 0);
                var across = new Axis(width, kernel.Width, factor, 1, kernel.AnchorX, 0);
                transposed = new TransposeShape(down, across, height * factor, width * factor);
                weights = kernel.Weights.ToArray();
                break;
        }
    }

    /// <summary>Enlarges one map.</summary>
    public void Run(Plane<float> from, Plane<float> to, WorkerPool? workers)
    {
        switch (mode)
        {
            case UpsamplingMode.Nearest:
                Sample(nearest, from, to, workers);
                break;
            case UpsamplingMode.Bilinear:
                Sample(bilinear, from, to, workers);
                break;
            default:
                fixed (float* kernel = weights)
                {
                    Transposer.Run(transposed!, ImageMemory<float>.Of(from), kernel, null, ImageMemory<float>.Of(to), workers);
                }

                break;
        }

        GC.KeepAlive(from);
        GC.KeepAlive(to);
    }

    private static void Sample<TSampling>(TSampling sampling, Plane<float> from, Plane<float> to, WorkerPool? workers)
        where TSampling : struct, ISampling<float>
    {
        var rows = new UpsampleRow<float, TSampling>
        { Source = ImageMemory<float>.Of(from), Target = ImageMemory<float>.Of(to), Sampling = sampling, Height = to.Height };
        RowJob<UpsampleRow<float, TSampling>>.Run(rows, to.Height, workers);
    }
}
