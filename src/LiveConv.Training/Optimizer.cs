namespace LiveConv.Training;

/// <summary>Changes parameters by their gradients, with what it remembers of the steps before.</summary>
internal abstract class Optimizer
{
    public static Optimizer Of(TrainingOptions options, IReadOnlyList<Parameter> parameters) => options.Optimizer == OptimizerKind.Sgd
        ? new Sgd((float)options.RateOrDefault, (float)options.Momentum, parameters)
        : new Adam(options.RateOrDefault, parameters);

    /// <summary>Makes a step.</summary>
    public abstract void Step();

    private static float[][] MemoryFor(IReadOnlyList<Parameter> parameters) =>
        [.. parameters.Select(parameter => new float[parameter.Values.Length])];

    private sealed class Sgd(float rate, float momentum, IReadOnlyList<Parameter> parameters) : Optimizer
    {
        private readonly float[][] velocities = MemoryFor(parameters);

        public override void Step()
        {
            for (int p = 0; p < velocities.Length; p++)
            {
                Span<float> values = parameters[p].Values, gradient = parameters[p].Gradient, velocity = velocities[p];
                for (int i = 0; i < values.Length; i++)
                {
                    velocity[i] = (momentum * velocity[i]) + gradient[i];
                    values[i] -= rate * velocity[i];
                }
            }
        }
    }

    private sealed class Adam(double rate, IReadOnlyList<Parameter> parameters) : Optimizer
    {
        private const float Mean = 0.9f;
        private const float Square = 0.999f;
        private const float Beside = 1e-8f;
        private readonly float[][] means = MemoryFor(parameters);
        private readonly float[][] squares = MemoryFor(parameters);

        // What the first means and squares, 0, still weigh.
        private double meanOfStart = 1;
        private double squareOfStart = 1;

        public override void Step()
        {
            meanOfStart *= 0.9;
            squareOfStart *= 0.999;
            float step = (float)(rate / (1 - meanOfStart));
            float root = (float)Math.Sqrt(1 - squareOfStart);
            for (int p = 0; p < means.Length; p++)
            {
                Span<float> values = parameters[p].Values, gradient = parameters[p].Gradient, mean = means[p], square = squares[p];
                for (int i = 0; i < values.Length; i++)
                {
                    mean[i] = (Mean * mean[i]) + ((1 - Mean) * gradient[i]);
                    square[i] = (Square * square[i]) + ((1 - Square) * gradient[i] * gradient[i]);
                    values[i] -= step * mean[i] / ((MathF.Sqrt(square[i]) / root) + Beside);
                }
            }
        }
    }
}
