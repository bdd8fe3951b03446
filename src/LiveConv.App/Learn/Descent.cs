namespace LiveConv.App.Learn;

/// <summary>
/// Finds the kernel of least squared error by descending along conjugate gradients from a kernel of zeros: no step undoes
/// what one before it gained, so that about as many steps as there are weights suffice.
/// </summary>
internal static class Descent
{
    /// <summary>Descends.</summary>
    /// <param name="problem">The examples.</param>
    /// <param name="steps">The most steps.</param>
    /// <returns>The kernel before the first step and after each, with its mean squared error.</returns>
    public static IEnumerable<(double[] Kernel, double Loss)> Run(NormalEquations problem, int steps)
    {
        var kernel = new double[problem.Weights];
        double[] residual = [.. problem.Answers];
        double[] direction = [.. residual];
        double length = Dot(residual, residual);
        double enough = length * 1e-28;
        yield return ([.. kernel], problem.Loss(kernel));
        for (int step = 0; step < steps && length > enough; step++)
        {
            double[] applied = problem.Apply(direction);
            double along = length / Dot(direction, applied);
            for (int i = 0; i < kernel.Length; i++)
            {
                kernel[i] += along * direction[i];
            }

            // From the kernel itself, not step by step: rounding does not add up.
            double[] now = problem.Apply(kernel);
            residual = [.. now.Select((value, i) => problem.Answers[i] - value)];
            double next = Dot(residual, residual);
            direction = [.. residual.Select((r, i) => r + next / length * direction[i])];
            length = next;
            yield return ([.. kernel], problem.Loss(kernel));
        }
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
