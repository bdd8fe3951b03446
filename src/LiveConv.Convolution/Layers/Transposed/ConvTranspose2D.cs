using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>
/// A transposed convolution over two axes, which enlarges where <see cref="Conv2D"/> shrinks. Inputs are (N, C, H, W) or
/// (C, H, W); a layer of one channel also takes planes. Immutable; safe to use from many threads at once.
/// </summary>
public sealed class ConvTranspose2D
{
    private readonly float[] weight;
    private readonly float[] bias;
    private readonly int[] shape;

    /// <summary>Creates a layer; weights and bias are copied.</summary>
    /// <param name="weight">(C, output channels / groups, height, width); finite.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="options">Stride, padding, output padding, dilation, groups; null for the defaults.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a weight is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride, dilation or group count is below 1, or a padding below 0.</exception>
    public ConvTranspose2D(in ReadOnlyTensorSpan<float> weight, ReadOnlySpan<float> bias = default, ConvTransposeOptions? options = null)
    {
        var kernel = new Dense<float>(weight, nameof(weight));
        Functional.CheckFinite(kernel.Values, nameof(weight));
        Functional.CheckFinite(bias, nameof(bias));
        shape = kernel.Shape;
        this.weight = kernel.Values.ToArray();
        this.bias = bias.ToArray();
        Options = options ?? new ConvTransposeOptions();
        _ = TransposePlan.CheckLayer(shape, bias.Length, Options);
    }

    /// <summary>Stride, padding, output padding, dilation and groups.</summary>
    public ConvTransposeOptions Options { get; }

    /// <summary>The output shape for an input of the given shape.</summary>
    /// <param name="input">The input's shape, with N or without.</param>
    /// <returns>The output's shape.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or an output axis would be empty.</exception>
    public int[] OutputShape(params ReadOnlySpan<int> input) => new TransposePlan(input.ToArray(), shape, bias.Length, Options).OutputShape;

    /// <summary>Applies the layer.</summary>
    /// <param name="input">(N, C, H, W) or (C, H, W). Borrowed for the length of the call.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or an output axis would be empty; the message names the shapes and the
    /// equation.</exception>
    public Tensor<float> Forward(in ReadOnlyTensorSpan<float> input, WorkerPool? workers = null)
    {
        var source = new Dense<float>(input, nameof(input));
        var plan = new TransposePlan(source.Shape, shape, bias.Length, Options);
        var output = new float[Functional.Elements(plan.OutputShape)];
        Transposer.Run(plan, source.Values, weight, bias, output, workers);
        return Tensor.Create(output, Shapes.ToNative(plan.OutputShape));
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
        var plan = new TransposePlan([1, input.Height, input.Width], shape, bias.Length, Options);
        PlaneFloats.CheckOneChannel(plan.OutputChannels);
        float[] result = new float[Functional.Elements(plan.OutputShape)];
        Transposer.Run(plan, PlaneFloats.Of(input), weight, bias, result, workers);
        return PlaneFloats.ToPlane(result, plan.Shape.OutputWidth, plan.Shape.OutputHeight);
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
}
