namespace LiveConv.Convolution;

/// <summary>A transposed convolution's shapes, checked against one another.</summary>
internal sealed class TransposePlan
{
    private const int Axes = 2;

    public TransposePlan(int[] input, int[] weight, int biasLength, ConvTransposeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Groups, 1, "Groups");
        options.Stride.Check(Axes, 1, "Stride");
        options.Dilation.Check(Axes, 1, "Dilation");
        options.Padding.Check(Axes, 0, "Padding");
        options.OutputPadding.Check(Axes, 0, "OutputPadding");
        if (weight.Length != Axes + 2)
        {
            throw new ArgumentException($"weight has shape {Shapes.Text(weight)}; it takes (input channels, output channels / groups, height, width)", nameof(weight));
        }

        Groups = options.Groups;
        Batch = ImageBatch.Of(input, Axes, $"a transposed convolution with weight {Shapes.Text(weight)}");
        if (Batch.Channels != weight[0] || Batch.Channels % Groups != 0)
        {
            throw new ArgumentException($"input {Shapes.Text(input)} has {Batch.Channels} channels; weight {Shapes.Text(weight)} with groups {Groups} takes {weight[0]}", nameof(input));
        }

        OutputChannels = checked(weight[1] * Groups);
        ConvPlan.CheckOutputChannels(OutputChannels, Groups, weight, biasLength);
        Height = AxisOf(0, weight, options);
        Width = AxisOf(1, weight, options);
        OutputHeight = OutputOf(Height, options.OutputPadding[0]);
        OutputWidth = OutputOf(Width, options.OutputPadding[1]);
        OutputShape = Batch.Output(OutputChannels, OutputHeight, OutputWidth);
    }

    public ImageBatch Batch { get; }

    public int Groups { get; }

    public int OutputChannels { get; }

    public Axis Height { get; }

    public Axis Width { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    public int[] OutputShape { get; }

    private Axis AxisOf(int axis, int[] weight, ConvTransposeOptions options) =>
        new(Batch.Sides[axis], weight[axis + 2], options.Stride[axis], options.Dilation[axis], options.Padding[axis], options.Padding[axis]);

    private static int OutputOf(Axis axis, int outputPadding) =>
        OutputSize.Transposed(axis.Input, axis.Kernel, axis.Stride, axis.Before, outputPadding, axis.Dilation);
}
