using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <content>Dense layers, ReLU, softmax and cross-entropy, with their gradients.</content>
public static partial class Functional
{
    /// <summary>A dense layer: every output is the sum of all inputs times its weights, and its bias.</summary>
    /// <remarks>
    /// The products are summed in 64 bytes of lanes, as in <see cref="Conv2DWeightGradient"/>; the bias is added last. With n inputs the
    /// error is at most <c>(n + 1)·u / (1 - (n + 1)·u) · (|bias| + Σ|weight·input|)</c>.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="input">(N, inputs).</param>
    /// <param name="weight">(outputs, inputs).</param>
    /// <param name="bias">One per output, or none.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor, (N, outputs).</returns>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static Tensor<T> Linear<T>(
        in ReadOnlyTensorSpan<T> input, in ReadOnlyTensorSpan<T> weight, ReadOnlySpan<T> bias = default, WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dense<T> source = Matrix(input, nameof(input)), kernel = Matrix(weight, nameof(weight));
        CheckEqual(source.Shape[1], kernel.Shape[1], "inputs", nameof(weight));
        CheckEqual(bias.Length == 0 ? kernel.Shape[0] : bias.Length, kernel.Shape[0], "outputs", nameof(bias));
        return LinearOf(LinearPart.Output, source, kernel, default, bias, [source.Shape[0], kernel.Shape[0]], workers);
    }

    /// <summary>The gradient of <see cref="Linear"/> to its input.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputGradient">The gradient to the output: (N, outputs).</param>
    /// <param name="weight">(outputs, inputs).</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor, (N, inputs).</returns>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static Tensor<T> LinearInputGradient<T>(
        in ReadOnlyTensorSpan<T> outputGradient, in ReadOnlyTensorSpan<T> weight, WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dense<T> given = Matrix(outputGradient, nameof(outputGradient)), kernel = Matrix(weight, nameof(weight));
        CheckEqual(given.Shape[1], kernel.Shape[0], "outputs", nameof(weight));
        return LinearOf(LinearPart.InputGradient, default, kernel, given, default, [given.Shape[0], kernel.Shape[1]], workers);
    }

    /// <summary>The gradient of <see cref="Linear"/> to its weight.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputGradient">The gradient to the output: (N, outputs).</param>
    /// <param name="input">(N, inputs).</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor, (outputs, inputs).</returns>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static Tensor<T> LinearWeightGradient<T>(
        in ReadOnlyTensorSpan<T> outputGradient, in ReadOnlyTensorSpan<T> input, WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dense<T> given = Matrix(outputGradient, nameof(outputGradient)), source = Matrix(input, nameof(input));
        CheckEqual(given.Shape[0], source.Shape[0], "images", nameof(input));
        return LinearOf(LinearPart.WeightGradient, source, default, given, default, [given.Shape[1], source.Shape[1]], workers);
    }

    /// <summary>Every element, or 0 where it is below: <c>max(x, 0)</c>; NaN stays.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="input">Of any shape.</param>
    /// <returns>A new tensor of the same shape.</returns>
    /// <exception cref="ArgumentException">An axis is empty.</exception>
    public static Tensor<T> Relu<T>(in ReadOnlyTensorSpan<T> input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var source = new Dense<T>(input, nameof(input));
        var output = new T[source.Values.Length];
        Rectifier.Run(source.Values, output);
        return Tensor.Create(output, Shapes.ToNative(source.Shape));
    }

    /// <summary>The gradient of <see cref="Relu"/> to its input: the output's where the input is above 0, and 0 elsewhere.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputGradient">The gradient to the output.</param>
    /// <param name="input">Of the same shape.</param>
    /// <returns>A new tensor of the same shape.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or an axis is empty.</exception>
    public static Tensor<T> ReluGradient<T>(in ReadOnlyTensorSpan<T> outputGradient, in ReadOnlyTensorSpan<T> input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var given = new Dense<T>(outputGradient, nameof(outputGradient));
        var source = new Dense<T>(input, nameof(input));
        if (!given.Shape.AsSpan().SequenceEqual(source.Shape))
        {
            throw Shapes.Error(
                nameof(outputGradient),
                $"the output's gradient has shape {Shapes.Text(given.Shape)}, the input {Shapes.Text(source.Shape)}");
        }

        var gradient = new T[source.Values.Length];
        Rectifier.Back(source.Values, given.Values, gradient);
        return Tensor.Create(gradient, Shapes.ToNative(source.Shape));
    }

    /// <summary>Scores as probabilities: <c>exp(score) / Σ exp(scores)</c> of each image.</summary>
    /// <remarks>
    /// Computed in double precision, with an exponential function of its own: the same bits on every system, and within 1e-15 of the exact
    /// value before it is rounded.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="scores">(N, classes).</param>
    /// <returns>A new tensor of the same shape.</returns>
    /// <exception cref="ArgumentException">There are not two axes, or one is empty.</exception>
    public static Tensor<T> Softmax<T>(in ReadOnlyTensorSpan<T> scores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dense<T> source = Matrix(scores, nameof(scores));
        int classes = source.Shape[1];
        var probabilities = new double[classes];
        var output = new T[source.Values.Length];
        for (int start = 0; start < output.Length; start += classes)
        {
            _ = SoftmaxScores.Fill(source.Values.Slice(start, classes), probabilities);
            for (int i = 0; i < classes; i++)
            {
                output[start + i] = T.CreateTruncating(probabilities[i]);
            }
        }

        return Tensor.Create(output, Shapes.ToNative(source.Shape));
    }

    /// <summary>
    /// The mean cross-entropy of images' scores, <c>-ln softmax(scores)[label]</c>, and its gradient to the scores. Computed as
    /// <see cref="Softmax"/> is.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="scores">(N, classes).</param>
    /// <param name="labels">Each image's class, from 0.</param>
    /// <returns>The loss, and a new tensor of the scores' shape: <c>(softmax - [class = label]) / N</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no such class.</exception>
    public static (double Loss, Tensor<T> Gradient) SoftmaxCrossEntropy<T>(in ReadOnlyTensorSpan<T> scores, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dense<T> source = Matrix(scores, nameof(scores));
        (int images, int classes) = (source.Shape[0], source.Shape[1]);
        CheckEqual(labels.Length, images, "labels", nameof(labels));
        var gradient = new T[source.Values.Length];
        double loss = 0;
        for (int n = 0; n < images; n++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)labels[n], (uint)classes, nameof(labels));
            loss += SoftmaxScores.Loss(
                source.Values.Slice(n * classes, classes), labels[n], images, gradient.AsSpan(n * classes, classes));
        }

        return (loss / images, Tensor.Create(gradient, Shapes.ToNative(source.Shape)));
    }

    private static Dense<T> Matrix<T>(in ReadOnlyTensorSpan<T> tensor, string name)
    {
        var matrix = new Dense<T>(tensor, name);
        return matrix.Rank == 2 ? matrix : throw Shapes.Error(name, $"{name} has shape {Shapes.Text(matrix.Shape)}; it takes two axes");
    }

    private static void CheckEqual(int length, int needed, string what, string name)
    {
        if (length != needed)
        {
            throw Shapes.Error(name, $"{name} has {length} {what}; {needed} are needed");
        }
    }

    private static Tensor<T> LinearOf<T>(
        LinearPart part, Dense<T> input, Dense<T> weight, Dense<T> gradient, ReadOnlySpan<T> bias, ReadOnlySpan<int> shape,
        WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int images = (part == LinearPart.Output ? input : gradient).Shape[0];
        int[] matrix = part == LinearPart.WeightGradient ? shape.ToArray() : weight.Shape;
        var result = new T[Elements(shape)];
        LinearRows.Run(part, images, matrix[1], matrix[0], input.Values, weight.Values, bias, gradient.Values, result, workers);
        return Tensor.Create(result, Shapes.ToNative(shape));
    }
}
