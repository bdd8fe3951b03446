using System.Buffers;
using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// A row of a transposed convolution: every input element lays the kernel, times itself, on the output. Sums are kept split by the
/// horizontal stride's phases, so that a tap adds a whole input row at once; each output's products are added channel by channel,
/// row by row, left to right, and the bias last. Rows are counted through all output channels.
/// </summary>
internal readonly unsafe struct TransposeRow<T, TLanes, TVector> : IRowWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    public required TransposeShape Shape { get; init; }

    public required ImageMemory<T> Input { get; init; }

    public required T* Weights { get; init; }

    /// <summary>One per output channel, or null.</summary>
    public required T* Bias { get; init; }

    public required ImageMemory<T> Output { get; init; }

    private int PerGroup => Shape.OutputChannels / Shape.Groups;

    /// <summary>Computes all rows.</summary>
    public void RunAll(WorkerPool? workers) =>
        RowJob<TransposeRow<T, TLanes, TVector>>.Run(this, checked(Shape.OutputChannels * Shape.OutputHeight), workers);

    public void Run(int row)
    {
        (int channel, int y) = Math.DivRem(row, Shape.OutputHeight);
        int length = Shape.PhasePitch * Shape.Width.Stride;
        T[] scratch = ArrayPool<T>.Shared.Rent(length);
        Array.Clear(scratch, 0, length);
        fixed (T* sums = scratch)
        {
            int perGroupIn = Shape.InputChannels / Shape.Groups;
            int firstIn = channel / PerGroup * perGroupIn;
            for (int c = firstIn; c < firstIn + perGroupIn; c++)
            {
                AddChannel(sums, c, channel % PerGroup, y);
            }

            WriteRow(sums, Output.Row(channel, y), Bias == null ? T.Zero : Bias[channel]);
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private void AddChannel(T* sums, int inputChannel, int outputInGroup, int y)
    {
        Axis height = Shape.Height;
        Axis width = Shape.Width;
        T* weights = Weights + ((nint)inputChannel * PerGroup + outputInGroup) * height.Kernel * width.Kernel;
        for (int ky = 0; ky < height.Kernel; ky++)
        {
            long position = (long)y + height.Before - (long)ky * height.Dilation;
            if (position < 0 || position % height.Stride != 0 || position / height.Stride >= height.Input)
            {
                continue;
            }

            T* values = Input.Row(inputChannel, (int)(position / height.Stride));
            for (int kx = 0; kx < width.Kernel; kx++)
            {
                int q = kx * width.Dilation;
                Accumulate(
                    sums + (nint)(q % width.Stride) * Shape.PhasePitch + q / width.Stride, values, weights[ky * width.Kernel + kx],
                    width.Input);
            }
        }
    }

    private static void Accumulate(T* sums, T* values, T weight, int count)
    {
        TVector weights = TLanes.Broadcast(weight);
        int x = 0;
        for (; x <= count - TLanes.Count; x += TLanes.Count)
        {
            TLanes.Store(sums + x, TLanes.MultiplyAdd(TLanes.Load(values + x), weights, TLanes.Load(sums + x)));
        }

        for (; x < count; x++)
        {
            sums[x] = T.FusedMultiplyAdd(values[x], weight, sums[x]);
        }
    }

    private void WriteRow(T* sums, T* target, T bias)
    {
        int stride = Shape.Width.Stride;
        for (int first = 0; first < Math.Min(stride, Shape.OutputWidth); first++)
        {
            (int before, int phase) = Math.DivRem(first + Shape.Width.Before, stride);
            T* from = sums + (nint)phase * Shape.PhasePitch + before;
            for (int x = first; x < Shape.OutputWidth; x += stride)
            {
                target[x] = *from++ + bias;
            }
        }
    }
}
