using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution.Tests;

/// <summary>Random tensors, and what a gradient says of an operation: how the sum of its weighted outputs changes.</summary>
internal static class GradientExample
{
    public static Tensor<T> Noise<T>(Random random, params ReadOnlySpan<int> shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[TensorLength(shape)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating((random.NextDouble() * 2) - 1);
        }

        return Of(values, shape);
    }

    public static Tensor<T> Of<T>(T[] values, ReadOnlySpan<int> shape)
    {
        var lengths = new nint[shape.Length];
        for (int a = 0; a < lengths.Length; a++)
        {
            lengths[a] = shape[a];
        }

        return Tensor.Create(values, lengths);
    }

    public static T[] Values<T>(Tensor<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }

    public static int[] Shape<T>(Tensor<T> tensor) => [.. tensor.Lengths.ToArray().Select(length => (int)length)];

    /// <summary>Asserts that a gradient is the change of <c>Σ weight·output</c> when one element changes, measured at both sides.</summary>
    /// <param name="at">Where the gradient is taken.</param>
    /// <param name="outputWeights">The weights: the gradient to the output.</param>
    /// <param name="gradient">What was computed.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="step">How far an element is moved.</param>
    /// <param name="near">The largest difference.</param>
    public static void AssertIsChange(
        Tensor<double> at, Tensor<double> outputWeights, Tensor<double> gradient, Func<Tensor<double>, Tensor<double>> operation,
        double step = 0.5, double near = 1e-11)
    {
        Assert.Equal(Shape(at), Shape(gradient));
        double[] weights = Values(outputWeights), computed = Values(gradient);
        for (int i = 0; i < computed.Length; i++)
        {
            double change = (Sum(i, step) - Sum(i, -step)) / (2 * step);
            Assert.True(Math.Abs(change - computed[i]) <= near, $"element {i} of {computed.Length}: {computed[i]}, not {change}");
        }

        double Sum(int element, double by)
        {
            double[] moved = Values(at);
            moved[element] += by;
            return Values(operation(Of(moved, Shape(at)))).Zip(weights, (output, weight) => output * weight).Sum();
        }
    }

    private static int TensorLength(ReadOnlySpan<int> shape)
    {
        int length = 1;
        foreach (int side in shape)
        {
            length *= side;
        }

        return length;
    }
}
