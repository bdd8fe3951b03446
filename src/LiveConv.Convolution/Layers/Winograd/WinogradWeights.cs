using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// The 3x3 kernels g as G·g·Gᵀ, computed in double precision and rounded once: for each of the 36 points a matrix of output by
/// input channels, laid out as <see cref="ChannelPackedWeights{T}"/>. Immutable.
/// </summary>
internal sealed class WinogradWeights<T> : PackedWeights<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Side = WinogradGrid.Side;
    private const int Taps = 9;

    private static readonly double[,] G =
    {
        { 1.0 / 4, 0, 0 },
        { -1.0 / 6, -1.0 / 6, -1.0 / 6 },
        { -1.0 / 6, 1.0 / 6, -1.0 / 6 },
        { 1.0 / 24, 1.0 / 12, 1.0 / 6 },
        { 1.0 / 24, -1.0 / 12, 1.0 / 6 },
        { 0, 0, 1 },
    };

    /// <summary>Transforms kernels.</summary>
    /// <param name="weight">Output channel by output channel, each as it is correlated.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="inputs">Input channels.</param>
    /// <exception cref="ArgumentException">There are too many channels for .NET's arrays.</exception>
    public WinogradWeights(ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, int outputs, int inputs)
    {
        long pitch = (inputs + 1L) * outputs;
        if (Math.Max(pitch * WinogradGrid.Points, WinogradStrip.Elements(inputs, outputs)) > Array.MaxLength)
        {
            throw Shapes.Error(
                "weight",
                $"{inputs} to {outputs} channels are too many for Winograd: its arrays would have more than {Array.MaxLength} elements "
                + "(choose ConvAlgorithm.Direct)");
        }

        Blocks = new ChannelBlocks(outputs);
        PointPitch = (nint)pitch;
        Values = new T[pitch * WinogradGrid.Points];
        Biases = new T[outputs];
        bias.CopyTo(Biases);
        var transformed = new T[weight.Length / Taps];
        for (int point = 0; point < WinogradGrid.Points; point++)
        {
            for (int i = 0; i < transformed.Length; i++)
            {
                transformed[i] = At(weight.Slice(i * Taps, Taps), point / Side, point % Side);
            }

            new ChannelPackedWeights<T>(transformed, default, outputs, groups: 1).Values.CopyTo(Values.AsSpan(point * (int)pitch));
        }
    }

    public ChannelBlocks Blocks { get; }

    /// <summary>Point by point.</summary>
    public T[] Values { get; }

    public nint PointPitch { get; }

    /// <summary>One per output channel.</summary>
    public T[] Biases { get; }

    protected override void Run<TLanes, TVector>(ConvPlan plan, ReadOnlySpan<T> input, Span<T> output, WorkerPool? workers) =>
        WinogradConvolver.Run<T, TLanes, TVector>(plan, input, this, output, workers);

    /// <summary>A kernel's weight at a point, transformed in double precision and rounded once.</summary>
    public static T At(ReadOnlySpan<T> kernel, int row, int column)
    {
        double sum = 0;
        for (int y = 0; y < 3; y++)
        {
            double line = 0;
            for (int x = 0; x < 3; x++)
            {
                line += G[column, x] * double.CreateChecked(kernel[y * 3 + x]);
            }

            sum += G[row, y] * line;
        }

        return T.CreateChecked(sum);
    }
}
