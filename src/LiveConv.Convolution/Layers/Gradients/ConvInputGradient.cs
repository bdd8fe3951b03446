using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// The gradient of a convolution to its input: every output's gradient lays the kernel on the inputs that it read. At stride 1 that is a
/// convolution by the flipped kernel, with input and output channels exchanged; at others a transposed one. Immutable.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class ConvInputGradient<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] weight;
    private readonly TransposeShape? shape;
    private readonly ConvPlan? back;
    private readonly PackedWeights<T>? packed;
    private readonly ConvPlan plan;

    /// <summary>Lays the weights out.</summary>
    /// <param name="plan">The convolution; two axes.</param>
    /// <param name="weight">Its weights.</param>
    public ConvInputGradient(ConvPlan plan, ReadOnlySpan<T> weight)
    {
        this.plan = plan;
        (Axis height, Axis width) = (plan.Window.Height, plan.Window.Width);
        if (height.Stride == 1 && width.Stride == 1 && IsWithin(height) && IsWithin(width))
        {
            int groups = plan.Options.Groups;
            int[] turned = [plan.Batch.Channels, plan.OutputChannels / groups, height.Kernel, width.Kernel];
            var options = new ConvOptions
            {
                Padding = Padding.Sides(
                    PerAxis.Of(Reach(height) - height.Before, Reach(width) - width.Before),
                    PerAxis.Of(Reach(height) - height.After, Reach(width) - width.After)),
                Dilation = PerAxis.Of(height.Dilation, width.Dilation),
                Groups = groups,
                Operation = Operation.Convolution,
            };
            back = new ConvPlan(plan.OutputShape, turned, 0, options);
            this.weight = Turn(weight, groups, plan.OutputChannels / groups, plan.Batch.Channels / groups, plan.Window.Taps);
            packed = PackedWeights<T>.Of(this.weight, turned, default, options);
        }
        else
        {
            this.weight = weight.ToArray();
            shape = new TransposeShape(Transposed(height), Transposed(width), height.Input, width.Input)
            {
                InputChannels = plan.OutputChannels,
                OutputChannels = plan.Batch.Channels,
                Groups = plan.Options.Groups,
            };
        }
    }

    /// <summary>Computes it over a dense batch.</summary>
    /// <param name="outputGradient">The gradient to the output.</param>
    /// <param name="gradient">Overwritten, as long as the input.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    public void Run(ReadOnlySpan<T> outputGradient, Span<T> gradient, WorkerPool? workers)
    {
        if (packed is not null)
        {
            packed.Run(back!, outputGradient, gradient, workers);
            return;
        }

        int from = outputGradient.Length / plan.Batch.Count, to = gradient.Length / plan.Batch.Count;
        for (int n = 0; n < plan.Batch.Count; n++)
        {
            Transpose(outputGradient.Slice(n * from, from), gradient.Slice(n * to, to), workers);
        }
    }

    private static int Reach(Axis axis) => (axis.Kernel - 1) * axis.Dilation;

    private static bool IsWithin(Axis axis) => axis.Before <= Reach(axis) && axis.After <= Reach(axis);

    private static Axis Transposed(Axis axis) => axis with { Input = axis.Output };

    // (outputs, inputs / groups, taps) to (inputs, outputs / groups, taps).
    private static T[] Turn(ReadOnlySpan<T> weight, int groups, int outputs, int inputs, int taps)
    {
        var turned = new T[weight.Length];
        for (int g = 0; g < groups; g++)
        {
            for (int o = 0; o < outputs; o++)
            {
                for (int i = 0; i < inputs; i++)
                {
                    weight.Slice(((g * outputs + o) * inputs + i) * taps, taps)
                        .CopyTo(turned.AsSpan(((g * inputs + i) * outputs + o) * taps, taps));
                }
            }
        }

        return turned;
    }

    private unsafe void Transpose(ReadOnlySpan<T> outputGradient, Span<T> gradient, WorkerPool? workers)
    {
        Window window = plan.Window;
        fixed (T* source = outputGradient, weights = weight, target = gradient)
        {
            Transposer.Run(
                shape!,
                new ImageMemory<T>(source, window.Width.Output, (nint)window.OutputLength),
                weights,
                null,
                new ImageMemory<T>(target, window.Width.Input, (nint)window.InputLength),
                workers);
        }
    }
}
