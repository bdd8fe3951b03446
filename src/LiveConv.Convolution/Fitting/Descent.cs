namespace LiveConv.Convolution;

/// <summary>
/// Finds the kernel of least squared error by descending along conjugate gradients from a kernel of zeros: no step undoes
/// what one before it gained, so that about as many steps as there are weights suffice, unless the image is so smooth that
/// rounding spoils the directions.
/// </summary>
/// <remarks>Hestenes and Stiefel, Methods of conjugate gradients for solving linear systems (1952).</remarks>
internal static class Descent
{
    private const int StepsPerWeight = 4;

    // A kernel this near to the best one, as a part of its largest weight, is the best one.
    private const double Near = 1e-7;

    /// <summary>
    /// Descends, until the kernel is the best one or the steps are used up. Where four steps for each weight do not suffice, no
    /// number of them does, for rounding spoils the directions: the next one then goes straight to the minimum.
    /// </summary>
    /// <param name="problem">The examples, which leave no weight open; no more are added while this goes on.</param>
    /// <param name="steps">The most steps, from 0 up; <see cref="MaxSteps"/> always reach the minimum.</param>
    /// <param name="near">How near to the best kernel is the best one, as a part of its largest weight.</param>
    /// <returns>The kernels before the first step and after each.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="problem"/> is null.</exception>
    public static IEnumerable<DescentStep> Run(LeastSquares problem, int steps = int.MaxValue, double near = Near)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Steps(problem, steps, near);
    }

    /// <summary>How many steps always reach the minimum.</summary>
    /// <param name="problem">The examples.</param>
    /// <exception cref="ArgumentNullException"><paramref name="problem"/> is null.</exception>
    public static int MaxSteps(LeastSquares problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return StepsPerWeight * problem.Weights + 1;
    }

    private static IEnumerable<DescentStep> Steps(LeastSquares problem, int steps, double near)
    {
        double[] best = problem.Solve();
        var kernel = new double[problem.Weights];
        double[] steepest = problem.NegativeGradient(problem.Residual(kernel));
        double[] direction = [.. steepest];
        double length = Dot(steepest, steepest);
        var last = new DescentStep([.. kernel], problem.Loss(kernel), IsNear(kernel, best, near));
        yield return last;
        for (int step = 0; step < Math.Min(steps, MaxSteps(problem) - 1) && !last.IsMinimum && length > 0; step++)
        {
            double[] applied = problem.Apply(direction);
            double along = length / Dot(applied, applied);
            for (int i = 0; i < kernel.Length; i++)
            {
                kernel[i] += along * direction[i];
            }

            // From the kernel itself, not step by step: rounding does not add up.
            steepest = problem.NegativeGradient(problem.Residual(kernel));
            double next = Dot(steepest, steepest);
            direction = [.. steepest.Select((s, i) => s + next / length * direction[i])];
            length = next;
            last = new DescentStep([.. kernel], problem.Loss(kernel), IsNear(kernel, best, near));
            yield return last;
        }

        if (steps >= MaxSteps(problem) && !last.IsMinimum)
        {
            yield return new DescentStep(best, problem.Loss(best), IsMinimum: true);
        }
    }

    private static bool IsNear(double[] kernel, double[] best, double near)
    {
        double largest = best.Max(Math.Abs);
        return kernel.Zip(best).All(pair => Math.Abs(pair.First - pair.Second) <= near * largest);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}

/// <summary>Where a descent stands.</summary>
/// <param name="Kernel">The weights, row by row.</param>
/// <param name="Loss">Their mean squared error.</param>
/// <param name="IsMinimum">No kernel does better, but for rounding.</param>
internal readonly record struct DescentStep(double[] Kernel, double Loss, bool IsMinimum);
