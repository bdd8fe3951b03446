using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>What the gradient of some weights is summed over: rows of the outputs' gradients, and the inputs beneath them.</summary>
internal unsafe struct RowDots<T>
    where T : unmanaged
{
    /// <summary>Output channels that are summed together.</summary>
    public const int Channels = 4;

    /// <summary>Taps that are summed together.</summary>
    public const int Taps = 3;

    /// <summary>The first image's padded input of the group.</summary>
    public required T* Input { get; init; }

    public required nint InputImagePitch { get; init; }

    /// <summary>From the input of a row of outputs to that of the next.</summary>
    public required nint InputRowPitch { get; init; }

    /// <summary>The first image's gradient of the group's first output; zeros behind the columns.</summary>
    public required T* Gradient { get; init; }

    public required nint GradientImagePitch { get; init; }

    public required nint GradientRowPitch { get; init; }

    public required nint GradientChannelPitch { get; init; }

    public required int Images { get; init; }

    public required int Rows { get; init; }

    /// <summary>Columns with the zeros behind them: a whole number of lanes.</summary>
    public required int Columns { get; init; }

    /// <summary>The output channels of the group, at most <see cref="Channels"/> different ones.</summary>
    public fixed int Outputs[Channels];

    /// <summary>The distances of the taps.</summary>
    public fixed long Offsets[Taps];
}

/// <summary>
/// Sums products of gradients and inputs over all images, rows and columns, in the lanes of <see cref="LaneSums{T}"/>: a vector's worth of
/// lanes after the other, for four outputs and three taps together.
/// </summary>
/// <remarks>A method without calls: beside others the sums do not stay in registers.</remarks>
internal static unsafe class RowDots<T, TLanes, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    /// <summary>Sums.</summary>
    /// <param name="dots">Over what.</param>
    /// <param name="lanes">Overwritten, output by output and in each tap by tap.</param>
    public static void Run(in RowDots<T> dots, T* lanes)
    {
        for (int first = 0; first < LaneSums<T>.Lanes; first += TLanes.Count)
        {
            Run(in dots, first, lanes + first);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Run(in RowDots<T> dots, int first, T* lanes)
    {
        nint pitch = dots.GradientChannelPitch;
        nint a = dots.Outputs[0] * pitch, b = dots.Outputs[1] * pitch, c = dots.Outputs[2] * pitch, d = dots.Outputs[3] * pitch;
        nint p = (nint)dots.Offsets[0], q = (nint)dots.Offsets[1], r = (nint)dots.Offsets[2];
        Trio s0 = Trio.Zero(), s1 = Trio.Zero(), s2 = Trio.Zero(), s3 = Trio.Zero();
        for (int image = 0; image < dots.Images; image++)
        {
            T* x = dots.Input + image * dots.InputImagePitch + first;
            T* g = dots.Gradient + image * dots.GradientImagePitch + first;
            for (int row = dots.Rows; row > 0; row--, x += dots.InputRowPitch, g += dots.GradientRowPitch)
            {
                for (nint i = 0; i < dots.Columns; i += LaneSums<T>.Lanes)
                {
                    Trio inputs = Trio.Load(x + i + p, x + i + q, x + i + r);
                    s0.Add(inputs, TLanes.Load(g + i + a));
                    s1.Add(inputs, TLanes.Load(g + i + b));
                    s2.Add(inputs, TLanes.Load(g + i + c));
                    s3.Add(inputs, TLanes.Load(g + i + d));
                }
            }
        }

        s0.Store(lanes, 0);
        s1.Store(lanes, 1);
        s2.Store(lanes, 2);
        s3.Store(lanes, 3);
    }

    /// <summary>The sums of an output's three taps, or their inputs. Changed in place, where each sum has its register.</summary>
    private struct Trio
    {
        private TVector a;
        private TVector b;
        private TVector c;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Trio Zero()
        {
            TVector zero = TLanes.Broadcast(T.Zero);
            return new() { a = zero, b = zero, c = zero };
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Trio Load(T* a, T* b, T* c) => new() { a = TLanes.Load(a), b = TLanes.Load(b), c = TLanes.Load(c) };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Trio inputs, TVector gradient)
        {
            a = TLanes.MultiplyAdd(inputs.a, gradient, a);
            b = TLanes.MultiplyAdd(inputs.b, gradient, b);
            c = TLanes.MultiplyAdd(inputs.c, gradient, c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(T* lanes, int output)
        {
            lanes += 3 * output * LaneSums<T>.Lanes;
            TLanes.Store(lanes, a);
            TLanes.Store(lanes + LaneSums<T>.Lanes, b);
            TLanes.Store(lanes + 2 * LaneSums<T>.Lanes, c);
        }
    }
}
