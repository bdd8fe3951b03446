namespace LiveConv.Convolution;

/// <summary>A transposed convolution's shapes, checked against one another.</summary>
internal sealed class TransposePlan
{
    private const int Axes = 2;

    public TransposePlan(int[] input, int[] weight, int biasLength, ConvTransposeOptions options)
    {
        OutputChannels = CheckLayer(weight, biasLength, options);
        Batch = ImageBatch.Of(input, Axes, $"a transposed convolution with weight {Shapes.Text(weight)}");
        if (Batch.Channels != weight[0])
        {
            throw new ArgumentException(
                $"input {Shapes.Text(input)} has {Batch.Channels} channels; weight {Shapes.Text(weight)} with "
                + $"groups {options.Groups} takes {weight[0]}", nameof(input));
        }

        Axis height = AxisOf(0, weight, options);
        Axis width = AxisOf(1, weight, options);
        Shape = new TransposeShape(height, width, OutputOf(height, options.OutputPadding[0]), OutputOf(width, options.OutputPadding[1]))
        {
            InputChannels = Batch.Channels,
            OutputChannels = OutputChannels,
            Groups = options.Groups,
        };
        OutputShape = Batch.Output(OutputChannels, Shape.OutputHeight, Shape.OutputWidth);
    }

    public ImageBatch Batch { get; }

    public TransposeShape Shape { get; }

    public int OutputChannels { get; }

    public int[] OutputShape { get; }

    /// <summary>Checks what does not depend on the input.</summary>
    /// <returns>The output channels.</returns>
    public static int CheckLayer(int[] weight, int biasLength, ConvTransposeOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Groups, 1, nameof(options.Groups));
        options.Stride.Check(Axes, 1, nameof(options.Stride));
        options.Dilation.Check(Axes, 1, nameof(options.Dilation));
        options.Padding.Check(Axes, 0, nameof(options.Padding));
        options.OutputPadding.Check(Axes, 0, nameof(options.OutputPadding));
        if (weight.Length != Axes + 2)
        {
            throw new ArgumentException(
                $"weight has shape {Shapes.Text(weight)}; it takes (input channels, output channels / groups, height, width)",
                nameof(weight));
        }

        if (weight[0] % options.Groups != 0)
        {
            throw new ArgumentException(
                $"weight {Shapes.Text(weight)} takes {weight[0]} channels, which {options.Groups} groups do not divide", nameof(weight));
        }

        int outputs = checked(weight[1] * options.Groups);
        ConvPlan.CheckOutputChannels(outputs, options.Groups, weight, biasLength);
        return outputs;
    }

    private Axis AxisOf(int axis, int[] weight, ConvTransposeOptions options) =>
        new(Batch.Sides[axis], weight[axis + 2], options.Stride[axis], options.Dilation[axis], options.Padding[axis],
        options.Padding[axis]);

    private static int OutputOf(Axis axis, int outputPadding) =>
        OutputSize.Transposed(axis.Input, axis.Kernel, axis.Stride, axis.Before, outputPadding, axis.Dilation);
}
