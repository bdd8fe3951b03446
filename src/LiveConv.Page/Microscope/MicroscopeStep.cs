using System.Numerics.Tensors;
using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>One step of an operation on a small image.</summary>
/// <param name="request">What is done, within its limits, with an output that is not empty.</param>
/// <param name="image">The image.</param>
/// <param name="across">The output equation along a row.</param>
/// <param name="down">The output equation along a column.</param>
internal sealed class MicroscopeStep(MicroscopeRequest request, int[][] image, OutputEquation across, OutputEquation down)
{
    // As it lies on the window.
    private double[][] Laid => request.Operation == Operation.Convolution
        ? [.. request.Kernel.Reverse().Select(row => row.Reverse().ToArray())]
        : request.Kernel;

    /// <summary>A window slides over the image; each of its positions makes one cell of the output.</summary>
    public MicroscopeMessage Slide()
    {
        int x = Math.Clamp(request.X, 0, across.Out - 1);
        int y = Math.Clamp(request.Y, 0, down.Out - 1);
        double[][] padded = Padded();
        double[][] output = Output();
        int top = y * request.Stride;
        int left = x * request.Stride;
        double[][] window = Grid(down.Kernel, across.Kernel, (j, i) => padded[top + (j * down.Dilation)][left + (i * across.Dilation)]);
        double[][] kernel = request.IsPool ? [] : Laid;
        double[][] products = request.IsPool ? [] : Grid(down.Kernel, across.Kernel, (j, i) => window[j][i] * kernel[j][i]);
        return new MicroscopeMessage(
            image, padded, kernel, output, x, y, top - request.Padding, left - request.Padding, window, products, output[y][x], across,
            down, null);
    }

    /// <summary>Each value of the image, in the order of reading, places a kernel in the output.</summary>
    public MicroscopeMessage Place()
    {
        int x = Math.Clamp(request.X, 0, request.Width - 1);
        int y = Math.Clamp(request.Y, 0, request.Height - 1);
        int last = (y * request.Width) + x;
        double[][] placed = Grid(request.Height, request.Width, (j, i) => (j * request.Width) + i <= last ? image[j][i] : 0);
        var options = new ConvTransposeOptions { Stride = request.Stride, Padding = request.Padding, Dilation = request.Dilation };
        double[][] kernel = Laid;
        double[][] output = Rows(Functional.ConvTranspose<double>(Tensor(placed, 1), Tensor(kernel, 2), default, options));
        double value = image[y][x];
        double[][] products = Grid(down.Kernel, across.Kernel, (j, i) => value * kernel[j][i]);
        double[][] padded = Grid(request.Height, request.Width, (j, i) => image[j][i]);
        return new MicroscopeMessage(
            image, padded, kernel, output, x, y, (y * request.Stride) - request.Padding, (x * request.Stride) - request.Padding,
            [[value]], products, value, across, down, null);
    }

    private double[][] Output()
    {
        ReadOnlyTensorSpan<double> input = Tensor(Grid(request.Height, request.Width, (j, i) => image[j][i]), 1);
        PerAxis size = PerAxis.Of(down.Kernel, across.Kernel);
        var pool = new PoolOptions { Stride = request.Stride, Padding = request.Padding };
        return Rows(request.Kind switch
        {
            MicroscopeKind.MaxPool => Functional.MaxPool2D<double>(input, size, pool),
            MicroscopeKind.AveragePool => Functional.AvgPool2D<double>(input, size, pool),
            _ => Functional.Conv<double>(input, Tensor(request.Kernel, 2), default, Options with { Stride = request.Stride }),
        });
    }

    private ConvOptions Options => new()
    {
        Padding = request.Padding,
        Border = request.Border,
        Dilation = request.Dilation,
        Operation = request.Operation,
    };

    // A single weight of 1 leaves an image as it is: what comes out is the image with its border.
    private double[][] Padded() => Rows(Functional.Conv<double>(
        Tensor(Grid(request.Height, request.Width, (j, i) => image[j][i]), 1), Tensor([[1.0]], 2), default, Options with { Dilation = 1 }));

    private static double[][] Grid(int height, int width, Func<int, int, double> at) =>
        [.. Enumerable.Range(0, height).Select(j => Enumerable.Range(0, width).Select(i => at(j, i)).ToArray())];

    // One channel, or one channel to one channel.
    private static ReadOnlyTensorSpan<double> Tensor(double[][] rows, int channels) => new(
        rows.SelectMany(row => row).ToArray(),
        [.. Enumerable.Repeat((nint)1, channels), rows.Length, rows[0].Length]);

    private static double[][] Rows(Tensor<double> tensor)
    {
        var values = new double[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return [.. values.Chunk((int)tensor.Lengths[^1])];
    }
}
