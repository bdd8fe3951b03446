using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Runs a planned transposed convolution over dense memory.</summary>
internal static unsafe class Transposer
{
    public static void Run<T>(
        TransposePlan plan, ReadOnlySpan<T> input, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> output, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector.IsHardwareAccelerated)
        {
            Run<T, RealVectors<T>, Vector<T>>(plan, input, weight, bias, output, workers);
        }
        else
        {
            Run<T, RealScalars<T>, T>(plan, input, weight, bias, output, workers);
        }
    }

    private static void Run<T, TLanes, TVector>(
        TransposePlan plan, ReadOnlySpan<T> input, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> output, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct
    {
        nint imageIn = (nint)plan.Batch.Channels * plan.Height.Input * plan.Width.Input;
        nint imageOut = (nint)plan.OutputChannels * plan.OutputHeight * plan.OutputWidth;
        fixed (T* source = input, weights = weight, biases = bias, target = output)
        {
            for (int n = 0; n < plan.Batch.Count; n++)
            {
                var job = new TransposeJob<T, TLanes, TVector>
                {
                    Input = source + n * imageIn,
                    Weights = weights,
                    Bias = biases,
                    Output = target + n * imageOut,
                    Height = plan.Height,
                    Width = plan.Width,
                    InputChannels = plan.Batch.Channels,
                    OutputChannels = plan.OutputChannels,
                    Groups = plan.Groups,
                    OutputHeight = plan.OutputHeight,
                    OutputWidth = plan.OutputWidth,
                    PhasePitch = plan.PhasePitch,
                };
                Tiles.Run(ref job, job.Tiles, workers);
            }
        }
    }
}
