using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>
/// One convolution of single-precision tensors with a border of zeros: ours, oneDNN's, and a copy of as much memory.
/// </summary>
internal sealed unsafe class TensorRace
{
    private readonly LayerShape shape;
    private readonly float[] input;
    private readonly float[] weights;
    private readonly float[] output;
    private readonly WorkerPool workers;

    public TensorRace(LayerShape shape, WorkerPool workers)
    {
        (this.shape, this.workers) = (shape, workers);
        var random = new Random(shape.Channels);
        input = Noise(shape.InputLength);
        weights = Noise(shape.Weights.Aggregate((product, side) => product * side));
        output = new float[shape.OutputLength];

        float[] Noise(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    /// <summary>The only set there is: always hot.</summary>
    public static IReadOnlyList<int> Sets { get; } = [0];

    public Contender<int> Limit => new("limit, copy", null, _ => Copy());

    public IReadOnlyList<Contender<int>> Ours =>
    [
        Layer("LiveConv Conv2D, channel by channel", ConvAlgorithm.Direct, output),
        .. shape.HasWinograd ? [Layer("LiveConv Conv2D, Winograd", ConvAlgorithm.Winograd, new float[output.Length])] : NoContenders,
        .. shape.HasBlocks ? [Blocks("LiveConv direct, in blocks", ConvAlgorithm.Direct)] : NoContenders,
        .. shape.HasWinograd ? [Blocks("LiveConv Winograd, in blocks", ConvAlgorithm.Winograd)] : NoContenders,
    ];

    private static Contender<int>[] NoContenders => [];

    /// <summary>The peer and its version.</summary>
    public static string PeerVersion(NativePeer oneDnn) =>
        $"oneDNN {Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)oneDnn["peer_version"])())}";

    public IReadOnlyList<Contender<int>> Peers(NativePeer oneDnn)
    {
        ((delegate* unmanaged<int, void>)oneDnn["peer_threads"])(workers.Threads);
        return
        [
            .. Peer(oneDnn, "oneDNN direct, channel by channel", isPlain: true, isWinograd: false),
            .. Peer(oneDnn, "oneDNN direct, its own layout", isPlain: false, isWinograd: false),
            .. shape.HasWinograd ? Peer(oneDnn, "oneDNN Winograd, its own layout", isPlain: false, isWinograd: true) : [],
        ];
    }

    private Contender<int> Layer(string name, ConvAlgorithm algorithm, float[] result)
    {
        var layer = new Conv2D(
            new ReadOnlyTensorSpan<float>(weights, [.. shape.Weights.Select(side => (nint)side)]), options: Options(algorithm));
        return new(name, "conv", _ => layer.Forward(
            new ReadOnlyTensorSpan<float>(input, [shape.Channels, shape.Height, shape.Width]),
            new TensorSpan<float>(result, [shape.Outputs, shape.OutputHeight, shape.OutputWidth]), workers))
        {
            Error = () =>
            {
                fixed (float* values = result)
                {
                    return ErrorOf(values);
                }
            },
        };
    }

    private ConvOptions Options(ConvAlgorithm algorithm) =>
        new() { Padding = shape.Padding, Stride = shape.Stride, Groups = shape.Groups, Algorithm = algorithm };

    private Contender<int> Blocks(string name, ConvAlgorithm algorithm)
    {
        var layer = new BlockedConv(weights, shape.Weights, default, Options(algorithm));
        var network = new BlockedNetwork(new(shape.Channels, shape.Height, shape.Width));
        network.Add(layer, 0);
        BlockedRunner runner = network.Plan();
        runner.Input.Load(input);
        return new(name, "conv", _ => runner.Run(workers))
        {
            Error = () =>
            {
                float[] result = new float[output.Length];
                runner.Output.Store(result);
                fixed (float* values = result)
                {
                    return ErrorOf(values);
                }
            },
        };
    }

    private IEnumerable<Contender<int>> Peer(NativePeer oneDnn, string name, bool isPlain, bool isWinograd)
    {
        nint handle;
        fixed (float* pixels = input, kernels = weights)
        {
            handle = ((delegate* unmanaged<int, int, int, int, int, int, int, int, int, float*, float*, nint>)oneDnn["peer_create"])(
                shape.Channels, shape.Height, shape.Width, shape.Outputs, shape.Kernel, shape.Stride, shape.Groups, isPlain ? 1 : 0,
                isWinograd ? 1 : 0, pixels, kernels);
        }

        return handle == 0
            ? []
            : [new(name, "conv", _ => ((delegate* unmanaged<nint, void>)oneDnn["peer_run"])(handle))
                { Error = () => ErrorOf(((delegate* unmanaged<nint, float*>)oneDnn["peer_result"])(handle)) }];
    }

    // How far a result is from our direct one, in units of the largest value.
    private double ErrorOf(float* theirs)
    {
        double error = 0;
        for (int i = 0; i < output.Length; i++)
        {
            error = Math.Max(error, Math.Abs(theirs[i] - output[i]));
        }

        return error / Math.Abs(TensorPrimitives.MaxMagnitude<float>(output));
    }

    private void Copy()
    {
        // The input as often as the output is larger, or as much of it as the output has.
        int times = Math.Max(1, output.Length / input.Length);
        int length = Math.Min(input.Length, output.Length);
        fixed (float* from = input, to = output)
        {
            for (nint i = 0; i <= length - 16; i += 16)
            {
                Vector512<float> values = Vector512.Load(from + i);
                for (int copy = 0; copy < times; copy++)
                {
                    values.Store(to + copy * length + i);
                }
            }
        }
    }
}
