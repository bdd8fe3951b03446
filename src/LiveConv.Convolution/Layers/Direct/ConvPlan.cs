using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>A convolution's shapes, checked against one another.</summary>
internal sealed class ConvPlan
{
    public ConvPlan(int[] input, int[] weight, int biasLength, ConvOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        EnumChecks.ThrowIfUnnamed(options.Border, "Border");
        EnumChecks.ThrowIfUnnamed(options.Operation, "Operation");
        EnumChecks.ThrowIfUnnamed(options.Algorithm, "Algorithm");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Groups, 1, "Groups");
        int axes = weight.Length - 2;
        if (axes is < 1 or > 3)
        {
            throw new ArgumentException(
                $"weight has shape {Shapes.Text(weight)}; it takes (output channels, input channels / groups, then 1 to 3 axes)",
                nameof(weight));
        }

        Options = options;
        Batch = ImageBatch.Of(input, axes, $"a convolution with weight {Shapes.Text(weight)}");
        OutputChannels = weight[0];
        if (Batch.Channels % options.Groups != 0 || Batch.Channels / options.Groups != weight[1])
        {
            throw new ArgumentException(
                $"input {Shapes.Text(input)} has {Batch.Channels} channels; weight {Shapes.Text(weight)} with "
                + $"groups {options.Groups} takes {(long)weight[1] * options.Groups}", nameof(input));
        }

        CheckOutputChannels(OutputChannels, options.Groups, weight, biasLength);
        Axis[] sides = options.Axes(Batch.Sides, weight.AsSpan(2));
        options.CheckAlgorithm(weight.AsSpan(2));
        Window = Window.Of(sides);
        OutputShape = Batch.Output(OutputChannels, Array.ConvertAll(sides, s => s.Output));
    }

    public ConvOptions Options { get; }

    public ImageBatch Batch { get; }

    public int OutputChannels { get; }

    public Window Window { get; }

    public int[] OutputShape { get; }

    /// <summary>One image of a dense batch.</summary>
    public unsafe ImageMemory<T> InputOf<T>(T* batch, int image)
        where T : unmanaged => Dense(batch, image, Batch.Channels, Window.Width.Input, Window.InputLength);

    /// <summary>The outputs of one image in a dense batch.</summary>
    public unsafe ImageMemory<T> OutputOf<T>(T* batch, int image)
        where T : unmanaged => Dense(batch, image, OutputChannels, Window.Width.Output, Window.OutputLength);

    /// <summary>The value outside the image where the border takes nothing from it.</summary>
    public T Outside<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Options.Border == BorderMode.Constant ? T.CreateSaturating(Options.BorderValue) : T.Zero;

    public unsafe PadRow<T, T> Pad<T>(PaddedLayout layout, ImageMemory<T> source, T* target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new() { Source = source, Target = target, Layout = layout, Border = Options.Border, Outside = Outside<T>() };

    private static unsafe ImageMemory<T> Dense<T>(T* batch, int image, int channels, int width, long length)
        where T : unmanaged => new(batch + image * (nint)channels * (nint)length, width, (nint)length);

    public static void CheckOutputChannels(int channels, int groups, int[] weight, int biasLength)
    {
        if (channels % groups != 0)
        {
            throw new ArgumentException(
                $"weight {Shapes.Text(weight)} gives {channels} output channels, which {groups} groups do not divide", nameof(weight));
        }

        if (biasLength != 0 && biasLength != channels)
        {
            throw Shapes.Error(
                "bias", $"bias has {biasLength} elements; weight {Shapes.Text(weight)} with groups {groups} gives {channels} output "
                + "channels");
        }
    }
}
