namespace LiveConv.Pipeline;

/// <summary>
/// Finds the kernel of least squared error by descending along conjugate gradients from a kernel of zeros: no step undoes
/// what one before it gained, so that about as many steps as there are weights suffice.
/// </summary>
/// <remarks>Hestenes and Stiefel, Methods of conjugate gradients for solving linear systems (1952).</remarks>
public static class Descent
{
    // Below this part of the first loss there is nothing left to learn but rounding.
    private const double Enough = 1e-13;

    /// <summary>Descends, until nothing but rounding is left to learn or the steps are used up.</summary>
    /// <param name="problem">The examples; no more are added while this goes on.</param>
    /// <param name="steps">The most steps.</param>
    /// <returns>The weights before the first step and after each, row by row, with their mean squared error.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="problem"/> is null.</exception>
    public static IEnumerable<(double[] Kernel, double Loss)> Run(NormalEquations problem, int steps)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Steps(problem, steps);
    }

    private static IEnumerable<(double[] Kernel, double Loss)> Steps(NormalEquations problem, int steps)
    {
        var kernel = new double[problem.Weights];
        double[] answers = problem.Answers.ToArray();
        double[] direction = [.. answers];
        double length = Dot(answers, answers);
        double negligible = length * 1e-28;
        double first = problem.Loss(kernel);
        double loss = first;
        yield return ([.. kernel], loss);
        for (int step = 0; step < steps && length > negligible && loss > first * Enough; step++)
        {
            double[] applied = problem.Apply(direction);
            double along = length / Dot(direction, applied);
            for (int i = 0; i < kernel.Length; i++)
            {
                kernel[i] += along * direction[i];
            }

            // From the kernel itself, not step by step: rounding does not add up.
            double[] now = problem.Apply(kernel);
            double[] residual = [.. now.Select((value, i) => answers[i] - value)];
            double next = Dot(residual, residual);
            direction = [.. residual.Select((r, i) => r + next / length * direction[i])];
            length = next;
            loss = problem.Loss(kernel);
            yield return ([.. kernel], loss);
        }
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
