using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>
/// Correlation of one array of 1 to 5 axes, padded per side, at stride 1: what the array libraries' filters come down to.
/// </summary>
internal static class AnchoredCorrelation
{
    // The engine slides over this many axes; leading ones beyond are gathered as channels.
    private const int EngineAxes = 3;

    /// <summary>Correlates.</summary>
    /// <param name="input">Elements and shape.</param>
    /// <param name="weights">Elements and shape, of the same rank.</param>
    /// <param name="before">Elements added before the first, per axis.</param>
    /// <param name="after">Elements added after the last, per axis.</param>
    /// <param name="border">What is added.</param>
    /// <param name="fill">The value added under <see cref="BorderMode.Constant"/>.</param>
    public static Tensor<T> Run<T>(in Dense<T> input, in Dense<T> weights, int[] before, int[] after, BorderMode border, double fill)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Functional.CheckFinite(weights.Values, nameof(weights));
        int leading = Math.Max(0, input.Rank - EngineAxes);
        int[] inner = input.Shape[leading..];
        var options = new ConvOptions { Padding = Padding.Sides(before[leading..], after[leading..]), Border = border, BorderValue = fill };
        int[] outputShape = new int[input.Rank];
        for (int a = 0; a < outputShape.Length; a++)
        {
            outputShape[a] = OutputSize.Convolution(input.Shape[a], weights.Shape[a], 1, before[a], after[a], 1);
        }

        int channels = Functional.Elements(weights.Shape.AsSpan(0, leading));
        int slice = Functional.Elements(inner);
        int outputSlice = Functional.Elements(outputShape.AsSpan(leading));
        var output = new T[Functional.Elements(outputShape)];
        var gathered = new T[checked(channels * slice)];
        var blocked = new ChannelPackedWeights<T>(weights.Values, default, channels: 1, groups: 1);
        var plan = new ConvPlan([channels, .. inner], [1, channels, .. weights.Shape[leading..]], 0, options);
        for (int start = 0, o = 0; start < output.Length; start += outputSlice, o++)
        {
            Gather(input, weights.Shape.AsSpan(0, leading), outputShape.AsSpan(0, leading), before, border, T.CreateSaturating(fill), o,
                gathered);
            blocked.Run(plan, gathered, output.AsSpan(start, outputSlice), null);
        }

        return Tensor.Create(output, Shapes.ToNative(outputShape));
    }

    /// <summary>Brings the slices under one position of the leading window side by side.</summary>
    private static void Gather<T>(
        in Dense<T> input, ReadOnlySpan<int> window, ReadOnlySpan<int> outputs, int[] before, BorderMode border, T fill, int output,
        Span<T> gathered)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = Functional.Elements(window);
        int slice = gathered.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            long source = 0;
            long pitch = 1;
            int tap = c;
            int position = output;
            for (int a = window.Length - 1; a >= 0 && source >= 0; a--)
            {
                int index = Borders.Map((long)position % outputs[a] + tap % window[a] - before[a], input.Shape[a], border);
                source = index < 0 ? -1 : source + index * pitch;
                pitch *= input.Shape[a];
                tap /= window[a];
                position /= outputs[a];
            }

            Span<T> target = gathered.Slice(c * slice, slice);
            if (source < 0)
            {
                target.Fill(border == BorderMode.Constant ? fill : T.Zero);
            }
            else
            {
                input.Values.Slice((int)(source * slice), slice).CopyTo(target);
            }
        }
    }
}
