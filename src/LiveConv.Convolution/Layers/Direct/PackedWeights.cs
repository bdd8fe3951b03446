using System.Numerics;
using System.Runtime.Intrinsics;

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
    public void Run(ConvPlan plan, ReadOnlySpan<T> input, Span<T> output, WorkerPool? workers)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<WideRealVectors<T>, Vector512<T>>(plan, input, output, workers);
        }
        else if (Vector.IsHardwareAccelerated)
        {
            Run<RealVectors<T>, Vector<T>>(plan, input, output, workers);
        }
        else
        {
            Run<RealScalars<T>, T>(plan, input, output, workers);
        }
    }

    /// <summary>Convolves a batch in registers of one kind.</summary>
    protected abstract void Run<TLanes, TVector>(ConvPlan plan, ReadOnlySpan<T> input, Span<T> output, WorkerPool? workers)
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct;
}
