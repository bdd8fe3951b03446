using System.Buffers;
using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Max and average pooling, with scratch memory that is the caller's.</summary>
internal static unsafe class Pooler
{
    /// <summary>Pools a batch of dense images.</summary>
    public static void Run<T>(bool max, ImageBatch batch, Window window, ReadOnlySpan<T> input, Span<T> output, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layout = new PaddedLayout(window, batch.Channels);
        T[] padded = ArrayPool<T>.Shared.Rent(layout.Length);
        nint[] offsets = TapOffsets.Rent(layout, 1);
        try
        {
            fixed (T* source = input, image = padded, target = output)
            fixed (nint* tapOffsets = offsets)
            {
                for (int n = 0; n < batch.Count; n++)
                {
                    Run(
                        max,
                        layout,
                        new ImageMemory<T>(
                            source + n * (nint)(batch.Channels * window.InputLength), window.Width.Input, (nint)window.InputLength),
                        image,
                        tapOffsets,
                        new ImageMemory<T>(
                            target + n * (nint)(batch.Channels * window.OutputLength), window.Width.Output, (nint)window.OutputLength),
                        workers);
                }
            }
        }
        finally
        {
            ArrayPool<nint>.Shared.Return(offsets);
            ArrayPool<T>.Shared.Return(padded);
        }
    }

    /// <summary>Pools one image.</summary>
    /// <param name="max">The largest value under each window, or the mean.</param>
    /// <param name="layout">The window, and where the padded image lies.</param>
    /// <param name="source">The image.</param>
    /// <param name="padded">Scratch for the padded image.</param>
    /// <param name="tapOffsets">As <see cref="TapOffsets"/> finds them for one channel.</param>
    /// <param name="target">The output.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    public static void Run<T>(
        bool max, PaddedLayout layout, ImageMemory<T> source, T* padded, nint* tapOffsets, ImageMemory<T> target, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pad = new PadRow<T, T>
        {
            Source = source,
            Target = padded,
            Layout = layout,
            Border = BorderMode.Constant,
            Outside = max ? T.NegativeInfinity : T.Zero,
        };
        pad.RunAll(workers);
        VectorDispatch.Run<T, Action<T>>(VectorWidths.BestReal, new(max, layout, padded, tapOffsets, target, workers));
    }

    private readonly struct Action<T>(
        bool max, PaddedLayout layout, T* padded, nint* tapOffsets, ImageMemory<T> target, WorkerPool? workers) : IRealLaneAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<TLanes, TVector>()
            where TLanes : IRealLanes<T, TVector>
            where TVector : struct
        {
            if (max)
            {
                Run<TLanes, TVector, MaxPooling<T, TVector>>(T.One);
            }
            else
            {
                Run<TLanes, TVector, SumPooling<T, TVector>>(T.CreateChecked(layout.Window.Taps));
            }
        }

        private void Run<TLanes, TVector, TPooling>(T divisor)
            where TLanes : IRealLanes<T, TVector>
            where TVector : struct
            where TPooling : IPooling<T, TVector>
        {
            var pool = new PoolRow<T, TLanes, TVector, TPooling>
            { Layout = layout, Padded = padded, Output = target, TapOffsets = tapOffsets, Divisor = divisor };
            pool.RunAll(workers);
        }
    }
}
