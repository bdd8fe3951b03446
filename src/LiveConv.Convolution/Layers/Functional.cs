using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>
/// The layers as functions, in single or double precision. Inputs are (N, C, ...) or (C, ...), weights are given with
/// every call. All functions may be called from many threads at once; a <see cref="WorkerPool"/> shares their tiles.
/// Results have the same bits for every number of threads and every vector width.
/// </summary>
/// <remarks>
/// Unless <see cref="ConvOptions.Algorithm"/> says otherwise every output is its bias, then its products added channel by channel, row by
/// row, left to right, each product and the sum that it is added to rounded once (IEEE 754's fusedMultiplyAdd). With n products its error
/// is at most <c>(n + 1)·u / (1 - (n + 1)·u) · (|bias| + Σ|weight·input|)</c>, u = 2^-24 for float and 2^-53 for double (Higham, Accuracy
/// and Stability of Numerical Algorithms, lemma 3.1).
/// </remarks>
public static partial class Functional
{
    /// <summary>Convolution over one to three axes.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="input">(N, C, L), (N, C, H, W), (N, C, D, H, W), or one of them without N.</param>
    /// <param name="weight">(output channels, C / groups, then as many axes as the input has beside N and C); finite.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="options">Stride, padding, dilation, groups; null for the defaults.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor, with the sides that <see cref="OutputSize"/> gives.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, an output axis would be empty, a weight is not finite, the algorithm cannot
    /// do it; the message names the shapes and the equation.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride, dilation or group count is below 1.</exception>
    public static Tensor<T> Conv<T>(
        in ReadOnlyTensorSpan<T> input, in ReadOnlyTensorSpan<T> weight, ReadOnlySpan<T> bias = default, ConvOptions? options = null,
        WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var source = new Dense<T>(input, nameof(input));
        var kernel = new Dense<T>(weight, nameof(weight));
        CheckFinite(kernel.Values, nameof(weight));
        CheckFinite(bias, nameof(bias));
        var plan = new ConvPlan(source.Shape, kernel.Shape, bias.Length, options ?? new ConvOptions());
        var output = new T[Elements(plan.OutputShape)];
        PackedWeights<T>.Of(kernel.Values, kernel.Shape, bias, plan.Options).Run(plan, source.Values, output, workers);
        return Tensor.Create(output, Shapes.ToNative(plan.OutputShape));
    }

    internal static void CheckFinite<T>(ReadOnlySpan<T> values, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                throw new ArgumentException($"{name} has {values[i]} at element {i}; every element must be finite", name);
            }
        }
    }

    internal static int Elements(ReadOnlySpan<int> shape)
    {
        long elements = 1;
        foreach (int length in shape)
        {
            elements *= length;
            if (elements > Array.MaxLength)
            {
                throw Shapes.Error(
                    "input", $"the output would have shape {Shapes.Text(shape)}; at most {Array.MaxLength} elements are supported");
            }
        }

        return (int)elements;
    }

    internal static T[] Flip<T>(ReadOnlySpan<T> weights, int taps)
    {
        T[] flipped = weights.ToArray();
        for (int start = 0; start < flipped.Length; start += taps)
        {
            flipped.AsSpan(start, taps).Reverse();
        }

        return flipped;
    }
}
