using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>
/// A convolution over two axes: images. Inputs are (N, C, H, W) or (C, H, W); a layer of one channel also takes
/// matrices and planes: <c>new Conv2D(kernel, stride: 1, padding: 0).Forward(matrix)</c>.
/// </summary>
public sealed class Conv2D : ConvLayer
{
    /// <summary>Creates a layer; weights and bias are copied.</summary>
    /// <param name="weight">(output channels, C / groups, height, width); finite.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="options">Stride, padding, dilation, groups; null for the defaults.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a weight is not finite, or the algorithm cannot do it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride, dilation or group count is below 1.</exception>
    public Conv2D(in ReadOnlyTensorSpan<float> weight, ReadOnlySpan<float> bias = default, ConvOptions? options = null)
        : base(2, weight, bias, options ?? new ConvOptions())
    {
    }

    /// <summary>Creates a layer of one channel: the kernel as written (correlation), a border of zeros.</summary>
    /// <param name="kernel">The weights; the anchor is ignored.</param>
    /// <param name="stride">Step along both axes, at least 1.</param>
    /// <param name="padding">Rows and columns of zeros at each side, at least 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The stride is below 1 or the padding below 0.</exception>
    public Conv2D(Kernel kernel, int stride = 1, int padding = 0)
        : this(kernel, SimpleOptions(stride, padding))
    {
    }

    /// <summary>Creates a layer of one channel.</summary>
    /// <param name="kernel">The weights; the anchor is ignored.</param>
    /// <param name="options">Stride, padding, border, dilation, operation.</param>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride or dilation is below 1.</exception>
    /// <exception cref="ArgumentException">There is more than one group, or the algorithm cannot do it.</exception>
    public Conv2D(Kernel kernel, ConvOptions options)
        : base(2, WeightOf(kernel), default, options)
    {
    }

    /// <summary>Applies a layer of one channel to a matrix.</summary>
    /// <param name="input">The input, indexed [row, column].</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>The output, indexed [row, column].</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">The output would be empty, or the layer has more than one channel.</exception>
    public float[,] Forward(float[,] input, WorkerPool? workers = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ConvPlan plan = Plan([1, input.GetLength(0), input.GetLength(1)]);
        PlaneFloats.CheckOneChannel(plan.OutputChannels);
        _ = Functional.Elements(plan.OutputShape);
        var matrix = new float[plan.OutputShape[1], plan.OutputShape[2]];
        Run(plan, PixelsOf(input), PixelsOf(matrix), workers);
        return matrix;
    }

    /// <summary>Applies a layer of one channel to a plane of any number type.</summary>
    /// <typeparam name="T">The pixel type, such as <see cref="byte"/> or <see cref="float"/>.</typeparam>
    /// <param name="input">The input. Borrowed for the length of the call.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new plane; the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">The output would be empty, or the layer has more than one channel.</exception>
    public Plane<float> Forward<T>(ReadOnlyPlaneView<T> input, WorkerPool? workers = null)
        where T : unmanaged, INumberBase<T>
    {
        ConvPlan plan = Plan([1, input.Height, input.Width]);
        PlaneFloats.CheckOneChannel(plan.OutputChannels);
        float[] result = new float[Functional.Elements(plan.OutputShape)];
        Run(plan, PlaneFloats.Of(input), result, workers);
        return PlaneFloats.ToPlane(result, plan.OutputShape[2], plan.OutputShape[1]);
    }

    /// <inheritdoc cref="Forward{T}(ReadOnlyPlaneView{T}, WorkerPool)"/>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The plane was disposed.</exception>
    public Plane<float> Forward<T>(Plane<T> input, WorkerPool? workers = null)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(input);
        return Forward<T>(input.View, workers);
    }

    private static ConvOptions SimpleOptions(int stride, int padding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        return new ConvOptions { Stride = stride, Padding = padding };
    }

    // An array's elements lie row by row, without gaps.
    private static Span<float> PixelsOf(float[,] matrix) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, float>(ref MemoryMarshal.GetArrayDataReference(matrix)), matrix.Length);

    private static ReadOnlyTensorSpan<float> WeightOf(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return new ReadOnlyTensorSpan<float>(kernel.Weights, [1, 1, kernel.Height, kernel.Width]);
    }
}
