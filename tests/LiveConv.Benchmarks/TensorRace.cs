using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>
/// One convolution of single-precision tensors by 3x3 kernels with a border of one zero: ours, oneDNN's, and a copy of as much memory.
/// </summary>
internal sealed unsafe class TensorRace
{
    // With fewer Winograd's transforms cost more than they save.
    private const int ManyChannels = 16;

    private readonly int channels;
    private readonly int outputs;
    private readonly int height;
    private readonly int width;
    private readonly float[] input;
    private readonly float[] weights;
    private readonly float[] output;
    private readonly WorkerPool workers;

    public TensorRace(int channels, int outputs, int height, int width, WorkerPool workers)
    {
        (this.channels, this.outputs, this.height, this.width, this.workers) = (channels, outputs, height, width, workers);
        var random = new Random(channels);
        input = Noise(channels * height * width);
        weights = Noise(outputs * channels * 9);
        output = new float[outputs * height * width];

        float[] Noise(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    /// <summary>The only set there is: always hot.</summary>
    public static IReadOnlyList<int> Sets { get; } = [0];

    public Contender<int> Limit => new("limit, copy", null, _ => Copy());

    public IReadOnlyList<Contender<int>> Ours =>
    [
        Layer("LiveConv Conv2D, channel by channel", ConvAlgorithm.Direct, output),
        .. channels >= ManyChannels ? [
            Layer("LiveConv Conv2D, Winograd", ConvAlgorithm.Winograd, new float[output.Length]),
            Blocks("LiveConv direct, in blocks", ConvAlgorithm.Direct),
            Blocks("LiveConv Winograd, in blocks", ConvAlgorithm.Winograd)] : (Contender<int>[])[],
    ];

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
            .. channels >= ManyChannels ? Peer(oneDnn, "oneDNN Winograd, its own layout", isPlain: false, isWinograd: true) : [],
        ];
    }

    private Contender<int> Layer(string name, ConvAlgorithm algorithm, float[] result)
    {
        var layer = new Conv2D(
            new ReadOnlyTensorSpan<float>(weights, [outputs, channels, 3, 3]),
            options: new ConvOptions { Padding = 1, Algorithm = algorithm });
        return new(name, "conv", _ => layer.Forward(
            new ReadOnlyTensorSpan<float>(input, [channels, height, width]), new TensorSpan<float>(result, [outputs, height, width]),
            workers))
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

    private Contender<int> Blocks(string name, ConvAlgorithm algorithm)
    {
        var layer = new BlockedConv(weights, [outputs, channels, 3, 3], default, new ConvOptions { Padding = 1, Algorithm = algorithm });
        var network = new BlockedNetwork(new(channels, height, width));
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
            handle = ((delegate* unmanaged<int, int, int, int, int, int, float*, float*, nint>)oneDnn["peer_create"])(
                channels, height, width, outputs, isPlain ? 1 : 0, isWinograd ? 1 : 0, pixels, kernels);
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
        int times = Math.Max(1, outputs / channels);
        fixed (float* from = input, to = output)
        {
            for (nint i = 0; i <= input.Length - 16; i += 16)
            {
                Vector512<float> values = Vector512.Load(from + i);
                for (int copy = 0; copy < times; copy++)
                {
                    values.Store(to + copy * input.Length + i);
                }
            }
        }
    }
}
