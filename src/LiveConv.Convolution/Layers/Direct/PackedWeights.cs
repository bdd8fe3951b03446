using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>A convolution's weights and biases as its algorithm reads them. Immutable.</summary>
internal abstract class PackedWeights<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Lays weights out.</summary>
    /// <param name="weight">As given; flipped here if the operation says so.</param>
    /// <param name="shape">The weight's shape.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="options">Checked against the shape.</param>
    public static PackedWeights<T> Of(ReadOnlySpan<T> weight, ReadOnlySpan<int> shape, ReadOnlySpan<T> bias, ConvOptions options)
    {
        int taps = 1;
        foreach (int side in shape[2..])
        {
            taps *= side;
        }

        ReadOnlySpan<T> upright = options.Operation == Operation.Correlation ? weight : Functional.Flip(weight, taps);
        return options.Algorithm == ConvAlgorithm.Winograd
            ? new WinogradWeights<T>(upright, bias, shape[0], shape[1])
            : new ChannelPackedWeights<T>(upright, bias, shape[0], options.Groups);
    }

    /// <summary>Convolves a batch, in the machine's widest registers.</summary>
    public void Run(ConvPlan plan, ReadOnlySpan<T> input, Span<T> output, WorkerPool? workers) =>
        VectorDispatch.Run<T, Action>(
            VectorWidths.BestReal, new() { Weights = this, Plan = plan, Input = input, Output = output, Workers = workers });

    /// <summary>Convolves a batch in registers of one kind.</summary>
    protected abstract void Run<TLanes, TVector>(ConvPlan plan, ReadOnlySpan<T> input, Span<T> output, WorkerPool? workers)
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct;

    private readonly ref struct Action : IRealLaneAction<T>
    {
        public required PackedWeights<T> Weights { get; init; }

        public required ConvPlan Plan { get; init; }

        public required ReadOnlySpan<T> Input { get; init; }

        public required Span<T> Output { get; init; }

        public WorkerPool? Workers { get; init; }

        public void Run<TLanes, TVector>()
            where TLanes : IRealLanes<T, TVector>
            where TVector : struct => Weights.Run<TLanes, TVector>(Plan, Input, Output, Workers);
    }
}
