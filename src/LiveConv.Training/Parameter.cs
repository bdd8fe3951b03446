namespace LiveConv.Training;

/// <summary>Numbers that a layer learns, and the gradient of the loss to them.</summary>
public sealed class Parameter
{
    private readonly int[] shape;
    private readonly float[] values;
    private readonly float[] gradient;

    internal Parameter(params int[] shape)
    {
        this.shape = shape;
        values = new float[shape.Aggregate(1, (product, side) => checked(product * side))];
        gradient = new float[values.Length];
    }

    /// <summary>
    /// Their shape, as torch has it: (outputs, inputs / groups, height, width) of a convolution, (outputs, inputs) of a dense layer,
    /// (outputs) of a bias.
    /// </summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The numbers, in the order of the shape.</summary>
    public Span<float> Values => values;

    /// <summary>The gradient of the last batch's mean loss.</summary>
    public Span<float> Gradient => gradient;

    // Uniform, with the variance 2 / inputs that keeps the size of what ReLUs pass on (He et al., arXiv:1502.01852).
    internal void Scatter(RandomNumbers random, int inputs)
    {
        float reach = MathF.Sqrt(6f / inputs);
        foreach (ref float value in values.AsSpan())
        {
            value = (float)((2 * random.NextDouble()) - 1) * reach;
        }
    }
}
