using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>ReLU and its gradient, element by element.</summary>
internal static class Rectifier
{
    /// <summary>The larger one of every element and 0; NaN stays.</summary>
    public static void Run<T>(ReadOnlySpan<T> input, Span<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= input.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var values = new Vector<T>(input[i..]);
            Vector.ConditionalSelect(Vector.LessThan(values, Vector<T>.Zero), Vector<T>.Zero, values).CopyTo(output[i..]);
        }

        for (; i < input.Length; i++)
        {
            output[i] = input[i] < T.Zero ? T.Zero : input[i];
        }
    }

    /// <summary>The output's gradient where the input is above 0, and 0 elsewhere.</summary>
    public static void Back<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> outputGradient, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= input.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> isAbove = Vector.GreaterThan(new Vector<T>(input[i..]), Vector<T>.Zero);
            Vector.ConditionalSelect(isAbove, new Vector<T>(outputGradient[i..]), Vector<T>.Zero).CopyTo(gradient[i..]);
        }

        for (; i < input.Length; i++)
        {
            gradient[i] = input[i] > T.Zero ? outputGradient[i] : T.Zero;
        }
    }
}
