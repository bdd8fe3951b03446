using System.Numerics.Tensors;
using LiveConv.Convolution;

namespace LiveConv.App;

/// <summary>Executes a request in double precision, so that the sums of whole numbers are exact: see <see cref="ResultType"/>.</summary>
internal static class ConvRunner
{
    /// <summary>Executes the request.</summary>
    /// <exception cref="ArgumentException">Shapes do not match.</exception>
    /// <exception cref="UsageException">An option's value does not fit the operation.</exception>
    public static NumberArray Run(
        ConvRequest request, NumberArray input, NumberArray? weight, NumberArray? bias, WorkerPool workers) => request.Operation switch
        {
            "conv1d" => Layer(request, 1, input, weight!, bias, workers),
            "conv2d" => Layer(request, 2, input, weight!, bias, workers),
            "conv3d" => Layer(request, 3, input, weight!, bias, workers),
            "conv_transpose2d" => Transpose(request, input, weight!, bias, workers),
            "max_pool2d" or "avg_pool2d" => Pool(request, input, workers),
            "upsample_nearest2d" or "upsample_bilinear2d" => Upsample(request, input),
            "filter2d" => Filter2D(request, input, weight!),
            _ => Correlate(request, input, weight!),
        };

    private static NumberArray Layer(
        ConvRequest request, int axes, NumberArray input, NumberArray weight, NumberArray? bias, WorkerPool workers)
    {
        bool isPlain = weight.Rank == axes && input.Rank == axes;
        bool isImage = weight.Rank == axes + 2 && input.Rank == axes;
        NumberArray batch = isPlain || isImage ? input.WithShape([1, .. input.Shape]) : input;
        NumberArray kernel = isPlain ? weight.WithShape([1, 1, .. weight.Shape]) : weight;
        if (kernel.Rank != axes + 2)
        {
            throw new ArgumentException(
                $"weight has shape {weight.ShapeText}; {request.Operation} takes {axes + 2} axes (output channels, channels / groups, "
                + $"window), or {axes} with an input of {axes}");
        }

        var options = new ConvOptions
        {
            Stride = request.Stride ?? [1],
            Dilation = request.Dilation ?? [1],
            Groups = request.Groups ?? 1,
            Padding = PaddingText.Read(request.Padding, request.Convention),
        };
        var result = NumberArray.Of(
            TorchConvention.Conv<double>(
                batch.ToTensor(), kernel.ToTensor(), bias?.Values, request.PaddingMode ?? "zeros", options, workers));
        return isPlain ? result.WithShape(result.Shape[1..]) : result;
    }

    private static NumberArray Transpose(ConvRequest request, NumberArray input, NumberArray weight, NumberArray? bias, WorkerPool workers)
    {
        bool isPlain = weight.Rank == 2 && input.Rank == 2;
        NumberArray batch = isPlain ? input.WithShape([1, .. input.Shape]) : input;
        NumberArray kernel = isPlain ? weight.WithShape([1, 1, .. weight.Shape]) : weight;
        var options = new ConvTransposeOptions
        {
            Stride = request.Stride ?? [1],
            Padding = PaddingText.ReadSymmetric(request.Padding, request.Operation),
            OutputPadding = request.OutputPadding ?? [0],
            Dilation = request.Dilation ?? [1],
            Groups = request.Groups ?? 1,
        };
        var result =
            NumberArray.Of(Functional.ConvTranspose<double>(batch.ToTensor(), kernel.ToTensor(), bias?.Values, options, workers));
        return isPlain ? result.WithShape(result.Shape[1..]) : result;
    }

    private static NumberArray Pool(ConvRequest request, NumberArray input, WorkerPool workers)
    {
        int[] window = request.KernelSize ?? throw new UsageException($"--op {request.Operation} needs --kernel-size");
        var options = new PoolOptions
        {
            Stride = PerAxis.Of(request.Stride ?? window),
            Padding = PaddingText.ReadSymmetric(request.Padding, request.Operation),
            Dilation = request.Dilation ?? [1],
        };
        return OnChannels(input, batch => request.Operation == "max_pool2d"
            ? Functional.MaxPool2D<double>(batch, window, options, workers)
            : Functional.AvgPool2D<double>(batch, window, options, workers));
    }

    private static NumberArray Upsample(ConvRequest request, NumberArray input)
    {
        double[] scale = request.Scale ?? throw new UsageException($"--op {request.Operation} needs --scale");
        return OnChannels(input, batch => request.Operation == "upsample_nearest2d"
            ? Functional.UpsampleNearest2D<double>(batch, scale[0], scale[^1])
            : Functional.UpsampleBilinear2D<double>(batch, scale[0], scale[^1]));
    }

    private static NumberArray Filter2D(ConvRequest request, NumberArray input, NumberArray weight)
    {
        OpenCvDepth depth = request.Depth switch
        {
            "u8" => OpenCvDepth.U8,
            "s16" => OpenCvDepth.S16,
            "f32" => OpenCvDepth.F32,
            _ => OpenCvDepth.F64,
        };
        int[] anchor = request.Anchor ?? [-1, -1];
        return NumberArray.Of(OpenCvConvention.Filter2D<double>(
            input.ToTensor(), weight.ToTensor(), depth, anchor[0], anchor[1], request.Delta ?? 0, request.Border ?? "reflect_101"));
    }

    private static NumberArray Correlate(ConvRequest request, NumberArray input, NumberArray weight)
    {
        Tensor<double> a = input.ToTensor();
        Tensor<double> b = weight.ToTensor();
        double fill = request.FillValue ?? 0;
        try
        {
            return NumberArray.Of(request.Operation switch
            {
                "convolve2d" => ScipyConvention.Convolve2D<double>(a, b, request.Mode ?? "full", request.Boundary ?? "fill", fill),
                "correlate2d" => ScipyConvention.Correlate2D<double>(a, b, request.Mode ?? "full", request.Boundary ?? "fill", fill),
                "convolve" => NdimageConvention.Convolve<double>(a, b, request.Mode ?? "reflect", fill),
                _ => NdimageConvention.Correlate<double>(a, b, request.Mode ?? "reflect", fill),
            });
        }
        catch (ArgumentException e) when (e.ParamName == "mode")
        {
            throw new UsageException($"--mode: {ConvCommand.Plain(e)}", e);
        }
    }

    // An image is a batch of one image with one channel.
    private static NumberArray OnChannels(NumberArray input, Func<Tensor<double>, Tensor<double>> operation)
    {
        if (input.Rank != 2)
        {
            return NumberArray.Of(operation(input.ToTensor()));
        }

        var result = NumberArray.Of(operation(input.WithShape([1, .. input.Shape]).ToTensor()));
        return result.WithShape(result.Shape[1..]);
    }
}
