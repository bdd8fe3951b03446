using System.Numerics.Tensors;
using System.Text.Json;

namespace LiveConv.Convolution.Tests;

/// <summary>Every golden case of the other libraries; those marked exact must be equal, the others within 1e-5 of the sum's size.</summary>
public class TensorVectorTests
{
    [Fact]
    public void Convolution_TorchConv2DVectors_AreEqual() => CheckTorchConvolutions("conv2d", 2);

    [Fact]
    public void Convolution_TorchConv3DVectors_AreEqual() => CheckTorchConvolutions("conv3d", 3);

    [Fact]
    public void ConvolutionTranspose_TorchVectors_AreEqual()
    {
        using var workers = new WorkerPool(2);
        foreach (JsonElement golden in Golden.Cases("torch.json", "conv_transpose2d"))
        {
            var options = new ConvTransposeOptions
            {
                Stride = Golden.Numbers(golden, "stride"),
                Padding = Golden.Numbers(golden, "padding"),
                OutputPadding = Golden.Numbers(golden, "output_padding"),
                Dilation = Golden.Numbers(golden, "dilation"),
                Groups = golden.GetProperty("groups").GetInt32(),
            };
            var layer = new ConvTranspose2D(Golden.Tensor(golden, "weight"), Golden.Bias(golden), options);

            Golden.AssertOutput(golden, layer.Forward(Golden.Tensor(golden, "input"), workers));
            Assert.Equal(Golden.Shape(golden.GetProperty("output")), layer.OutputShape(Golden.Shape(golden.GetProperty("input"))));
        }
    }

    [Theory]
    [InlineData("max_pool2d")]
    [InlineData("avg_pool2d")]
    public void Pool2D_TorchVectors_AreEqual(string operation)
    {
        foreach (JsonElement golden in Golden.Cases("torch.json", operation))
        {
            var options = new PoolOptions { Stride = Golden.Numbers(golden, "stride"), Padding = Golden.Numbers(golden, "padding") };
            PerAxis window = Golden.Numbers(golden, "kernel_size");
            Tensor<float> input = Golden.Tensor(golden, "input");

            Golden.AssertOutput(
                golden, operation == "max_pool2d"
                    ? Functional.MaxPool2D<float>(input, window, options)
                    : Functional.AvgPool2D<float>(input, window, options));
        }
    }

    [Theory]
    [InlineData("convolve2d")]
    [InlineData("correlate2d")]
    public void ScipyConvention_Vectors_AreEqual(string operation)
    {
        foreach (JsonElement golden in Golden.Cases("scipy.json", operation))
        {
            Tensor<float> input = Golden.Tensor(golden, "input");
            Tensor<float> kernel = Golden.Tensor(golden, "kernel");
            string mode = golden.GetProperty("mode").GetString()!;
            string boundary = golden.GetProperty("boundary").GetString()!;
            double fill = golden.GetProperty("fillvalue").GetDouble();

            Golden.AssertOutput(golden, operation == "convolve2d"
                ? ScipyConvention.Convolve2D<float>(input, kernel, mode, boundary, fill)
                : ScipyConvention.Correlate2D<float>(input, kernel, mode, boundary, fill));
        }
    }

    [Theory]
    [InlineData("ndimage.convolve")]
    [InlineData("ndimage.correlate")]
    public void NdimageConvention_Vectors_AreEqual(string operation)
    {
        foreach (JsonElement golden in Golden.Cases("scipy.json", operation))
        {
            Tensor<float> input = Golden.Tensor(golden, "input");
            Tensor<float> kernel = Golden.Tensor(golden, "kernel");
            string mode = golden.GetProperty("mode").GetString()!;
            double constant = golden.GetProperty("cval").GetDouble();

            Golden.AssertOutput(golden, operation == "ndimage.convolve"
                ? NdimageConvention.Convolve<float>(input, kernel, mode, constant)
                : NdimageConvention.Correlate<float>(input, kernel, mode, constant));
        }
    }

    [Fact]
    public void OpenCvConvention_Filter2DVectors_AreEqual()
    {
        foreach (JsonElement golden in Golden.Cases("opencv.json", "filter2D"))
        {
            int[] anchor = Golden.Numbers(golden, "anchor_xy");
            OpenCvDepth depth = Enum.Parse<OpenCvDepth>(golden.GetProperty("ddepth").GetString()!, ignoreCase: true);

            Tensor<float> actual = OpenCvConvention.Filter2D<float>(
                Golden.Tensor(golden, "input"),
                Golden.Tensor(golden, "kernel"),
                depth,
                anchor[0],
                anchor[1],
                golden.GetProperty("delta").GetDouble(),
                golden.GetProperty("border").GetString()!);

            // To 32F with a kernel of more than 50 weights OpenCV goes through a Fourier transform, whose noise (0.001) is in
            // its golden values although every weight and pixel is whole: the exact sums are the whole numbers beside them.
            Golden.AssertOutput(golden, actual, whole: depth == OpenCvDepth.F32);
        }
    }

    private static void CheckTorchConvolutions(string operation, int axes)
    {
        using var workers = new WorkerPool(2);
        foreach (JsonElement golden in Golden.Cases("torch.json", operation))
        {
            JsonElement padding = golden.GetProperty("padding");
            var options = new ConvOptions
            {
                Stride = Golden.Numbers(golden, "stride"),
                Padding = padding.ValueKind == JsonValueKind.String ? Padding.Same : Padding.Of(Golden.Numbers(golden, "padding")),
                Dilation = Golden.Numbers(golden, "dilation"),
                Groups = golden.GetProperty("groups").GetInt32(),
                Border = TorchConvention.Border(golden.GetProperty("padding_mode").GetString()!),
            };
            Tensor<float> weight = Golden.Tensor(golden, "weight");
            ConvLayer layer = axes == 2
                ? new Conv2D(weight, Golden.Bias(golden), options)
                : new Conv3D(weight, Golden.Bias(golden), options);
            Tensor<float> input = Golden.Tensor(golden, "input");

            Golden.AssertOutput(golden, layer.Forward(input, workers));
            Golden.AssertOutput(
                golden, TorchConvention.Conv<float>(
                    input, weight, Golden.Bias(golden), golden.GetProperty("padding_mode").GetString()!, options));
        }
    }
}
