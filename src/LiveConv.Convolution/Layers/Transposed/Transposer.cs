using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Runs a planned transposed convolution.</summary>
internal static unsafe class Transposer
{
    /// <summary>Over a batch of dense images.</summary>
    public static void Run<T>(
        TransposePlan plan, ReadOnlySpan<T> input, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> output, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TransposeShape shape = plan.Shape;
        nint planeIn = (nint)shape.Height.Input * shape.Width.Input;
        nint planeOut = (nint)shape.OutputHeight * shape.OutputWidth;
        fixed (T* source = input, weights = weight, biases = bias, target = output)
        {
            for (int n = 0; n < plan.Batch.Count; n++)
            {
                var image = new ImageMemory<T>(source + n * shape.InputChannels * planeIn, shape.Width.Input, planeIn);
                var result = new ImageMemory<T>(target + n * shape.OutputChannels * planeOut, shape.OutputWidth, planeOut);
                Run(shape, image, weights, biases, result, workers);
            }
        }
    }

    /// <summary>Over one image.</summary>
    /// <param name="shape">Strides, crops and channels.</param>
    /// <param name="input">The image.</param>
    /// <param name="weights">(input channels, output channels / groups, height, width).</param>
    /// <param name="biases">One per output channel, or null.</param>
    /// <param name="output">The output; overwritten.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    public static void Run<T>(TransposeShape shape, ImageMemory<T> input, T* weights, T* biases, ImageMemory<T> output, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorDispatch.Run<T, Action<T>>(VectorWidths.BestReal, new(shape, input, weights, biases, output, workers));

    private readonly struct Action<T>(
        TransposeShape shape, ImageMemory<T> input, T* weights, T* biases, ImageMemory<T> output, WorkerPool? workers) : IRealLaneAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<TLanes, TVector>()
            where TLanes : IRealLanes<T, TVector>
            where TVector : struct
        {
            var rows =
                new TransposeRow<T, TLanes, TVector> { Shape = shape, Input = input, Weights = weights, Bias = biases, Output = output };
            rows.RunAll(workers);
        }
    }
}
