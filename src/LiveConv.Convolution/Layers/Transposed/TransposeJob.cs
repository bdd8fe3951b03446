using System.Buffers;
using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// A transposed convolution: every input element lays the kernel, times itself, on the output. A tile is one output row
/// of one channel. Sums are kept split by the horizontal stride's phases, so that a tap adds a whole input row at once;
/// each output's products are added channel by channel, row by row, left to right, and the bias last.
/// </summary>
internal unsafe struct TransposeJob<T, TLanes, TVector> : ITileJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    public T* Input;
    public T* Weights;
    public T* Bias;
    public T* Output;
    public Axis Height;
    public Axis Width;
    public int InputChannels;
    public int OutputChannels;
    public int Groups;
    public int OutputHeight;
    public int OutputWidth;
    public int PhasePitch;

    public readonly int Tiles => checked(OutputChannels * OutputHeight);

    private readonly int PerGroup => OutputChannels / Groups;

    public readonly void Run(int tile)
    {
        int channel = tile / OutputHeight;
        int y = tile % OutputHeight;
        int length = PhasePitch * Width.Stride;
        T[] scratch = ArrayPool<T>.Shared.Rent(length);
        Array.Clear(scratch, 0, length);
        fixed (T* sums = scratch)
        {
            int perGroupIn = InputChannels / Groups;
            int firstIn = channel / PerGroup * perGroupIn;
            for (int c = firstIn; c < firstIn + perGroupIn; c++)
            {
                AddChannel(sums, c, channel % PerGroup, y);
            }

            WriteRow(sums, Output + (nint)tile * OutputWidth, Bias == null ? T.Zero : Bias[channel]);
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private readonly void AddChannel(T* sums, int inputChannel, int outputInGroup, int y)
    {
        T* weights = Weights + ((nint)inputChannel * PerGroup + outputInGroup) * Height.Kernel * Width.Kernel;
        for (int ky = 0; ky < Height.Kernel; ky++)
        {
            long position = (long)y + Height.Before - (long)ky * Height.Dilation;
            if (position < 0 || position % Height.Stride != 0 || position / Height.Stride >= Height.Input)
            {
                continue;
            }

            T* row = Input + ((nint)inputChannel * Height.Input + (nint)(position / Height.Stride)) * Width.Input;
            for (int kx = 0; kx < Width.Kernel; kx++)
            {
                int q = kx * Width.Dilation;
                Accumulate(
                    sums + (nint)(q % Width.Stride) * PhasePitch + q / Width.Stride, row, weights[ky * Width.Kernel + kx], Width.Input);
            }
        }
    }

    private static void Accumulate(T* sums, T* row, T weight, int count)
    {
        TVector weights = TLanes.Broadcast(weight);
        int x = 0;
        for (; x <= count - TLanes.Count; x += TLanes.Count)
        {
            TLanes.Store(sums + x, TLanes.MultiplyAdd(TLanes.Load(row + x), weights, TLanes.Load(sums + x)));
        }

        for (; x < count; x++)
        {
            sums[x] = T.FusedMultiplyAdd(row[x], weight, sums[x]);
        }
    }

    private readonly void WriteRow(T* sums, T* target, T bias)
    {
        for (int x = 0; x < OutputWidth; x++)
        {
            long position = (long)x + Width.Before;
            target[x] = sums[position % Width.Stride * PhasePitch + position / Width.Stride] + bias;
        }
    }
}
