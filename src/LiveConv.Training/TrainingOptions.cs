namespace LiveConv.Training;

/// <summary>How gradients change parameters.</summary>
public enum OptimizerKind
{
    /// <summary>
    /// Adam, as torch has it (Kingma and Ba, arXiv:1412.6980), with its decays 0.9 and 0.999 and 1e-8 beside the root: every parameter has
    /// a step of its own.
    /// </summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum, as torch has it.</summary>
    Sgd,
}

/// <summary>How a network is trained. Immutable.</summary>
public sealed record TrainingOptions
{
    /// <summary>Times that all examples are seen, at least 1.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Images whose mean gradient makes one step, at least 1.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>How gradients change parameters.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>Length of a step: above 0, finite. Null for 0.003 of Adam, 0.03 of SGD.</summary>
    public double? Rate { get; init; }

    /// <summary>What is left of the step before, of SGD: 0 to below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Of the order of examples, and of which are kept for validation: the same seed, the same bits.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The fraction of each class's examples that is kept for validation: 0 to 0.9.</summary>
    public double Validation { get; init; } = 0.2;

    /// <summary>Epochs without a smaller validation loss after which training stops, at least 1.</summary>
    public int Patience { get; init; } = 10;

    internal double RateOrDefault => Rate ?? (Optimizer == OptimizerKind.Adam ? 0.003 : 0.03);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
        ThrowUnless(RateOrDefault > 0 && double.IsFinite(RateOrDefault), nameof(Rate), "above 0");
        ThrowUnless(Momentum is >= 0 and < 1, nameof(Momentum), "0 to below 1");
        ThrowUnless(Validation is >= 0 and <= 0.9, nameof(Validation), "0 to 0.9");
    }

    private static void ThrowUnless(bool isValid, string name, string range)
    {
        if (!isValid)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} is {range}");
        }
    }
}
