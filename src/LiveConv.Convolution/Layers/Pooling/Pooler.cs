using System.Buffers;
using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Runs max and average pooling over dense memory.</summary>
internal static unsafe class Pooler
{
    public static void Run<T>(bool max, ImageBatch batch, Window window, ReadOnlySpan<T> input, Span<T> output, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector.IsHardwareAccelerated)
        {
            Run<T, RealVectors<T>, Vector<T>>(max, batch, window, input, output, workers);
        }
        else
        {
            Run<T, RealScalars<T>, T>(max, batch, window, input, output, workers);
        }
    }

    private static void Run<T, TLanes, TVector>(
        bool max, ImageBatch batch, Window window, ReadOnlySpan<T> input, Span<T> output, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct
    {
        if (max)
        {
            Run<T, TLanes, TVector, MaxPooling<T, TVector>>(T.NegativeInfinity, T.One, batch, window, input, output, workers);
        }
        else
        {
            Run<T, TLanes, TVector, SumPooling<T, TVector>>(T.Zero, T.CreateChecked(window.Taps), batch, window, input, output, workers);
        }
    }

    private static void Run<T, TLanes, TVector, TPooling>(
        T outside, T divisor, ImageBatch batch, Window window, ReadOnlySpan<T> input, Span<T> output, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct
        where TPooling : IPooling<T, TVector>
    {
        var layout = new PaddedLayout(window, batch.Channels);
        T[] padded = ArrayPool<T>.Shared.Rent(layout.Length);
        nint[] offsets = TapOffsets.Rent(layout, 1);
        fixed (T* source = input, image = padded, target = output)
        fixed (nint* tapOffsets = offsets)
        {
            for (int n = 0; n < batch.Count; n++)
            {
                Convolver.Pad(
                    layout, source + n * (nint)(batch.Channels * window.InputLength), image, BorderMode.Constant, outside, workers);
                var job = new PoolJob<T, TLanes, TVector, TPooling>
                {
                    Layout = layout,
                    Padded = image,
                    Output = target + n * (nint)(batch.Channels * window.OutputLength),
                    TapOffsets = tapOffsets,
                    Taps = window.Taps,
                    Divisor = divisor,
                };
                Tiles.Run(ref job, job.Tiles, workers);
            }
        }

        ArrayPool<nint>.Shared.Return(offsets);
        ArrayPool<T>.Shared.Return(padded);
    }
}
