using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Scores as probabilities, their cross-entropy, and its gradient, in double precision.</summary>
internal static class SoftmaxScores
{
    /// <summary>Probabilities of scores: <c>exp(score - largest)</c> over the sum of all.</summary>
    /// <returns>The logarithm of <c>Σ exp(score - largest)</c>, and the largest score.</returns>
    public static (double LogSum, double Largest) Fill<T>(ReadOnlySpan<T> scores, Span<double> probabilities)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = double.NegativeInfinity;
        foreach (T score in scores)
        {
            largest = Math.Max(largest, double.CreateTruncating(score));
        }

        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            probabilities[i] = ExactFunctions.Exp(double.CreateTruncating(scores[i]) - largest);
            sum += probabilities[i];
        }

        for (int i = 0; i < scores.Length; i++)
        {
            probabilities[i] /= sum;
        }

        return (ExactFunctions.Log(sum), largest);
    }

    /// <summary>The cross-entropy of one image's scores, and its gradient.</summary>
    /// <param name="scores">One per class.</param>
    /// <param name="label">The class that it should be.</param>
    /// <param name="share">What the gradient is divided by: the images of a batch.</param>
    /// <param name="gradient">Overwritten: <c>(probability - [class = label]) / share</c>.</param>
    /// <returns>The cross-entropy: <c>-ln</c> of the label's probability.</returns>
    public static double Loss<T>(ReadOnlySpan<T> scores, int label, int share, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> probabilities = scores.Length <= 64 ? stackalloc double[scores.Length] : new double[scores.Length];
        (double logSum, double largest) = Fill(scores, probabilities);
        for (int i = 0; i < scores.Length; i++)
        {
            gradient[i] = T.CreateTruncating((probabilities[i] - (i == label ? 1 : 0)) / share);
        }

        return logSum - (double.CreateTruncating(scores[label]) - largest);
    }
}
