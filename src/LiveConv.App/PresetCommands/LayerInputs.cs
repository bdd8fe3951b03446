using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>The maps that a layer of a preset works on.</summary>
internal static class LayerInputs
{
    /// <summary>Computes them from one image, as for the first frame of a stream.</summary>
    /// <param name="preset">A preset of layers.</param>
    /// <param name="layer">The layer's index.</param>
    /// <param name="image">The image: (height, width).</param>
    /// <exception cref="LiveConvException">The image is too small, or has values that no image has, which only the first layer
    /// takes.</exception>
    public static IReadOnlyList<NumberArray> Of(Preset preset, int layer, NumberArray image)
    {
        LayerStack stack = preset.Stack!;
        NumberArray before = preset.Before == TimeBorder.Replicate ? image : image with { Values = new double[image.Values.Length] };
        if (layer == 0)
        {
            return [image, .. Enumerable.Repeat(before, stack.Frames - 1)];
        }

        using Plane<byte> newest = ToPlane(image, layer);
        using Plane<byte> older = ToPlane(before, layer);
        return Of(stack, layer, [newest, .. Enumerable.Repeat(older, stack.Frames - 1)]);
    }

    /// <summary>Computes those of a layer behind the first.</summary>
    private static NumberArray[] Of(LayerStack stack, int layer, Plane<byte>[] frames)
    {
        var size = new ImageSize(frames[0].Width, frames[0].Height);
        try
        {
            using var workers = new WorkerPool();
            using var runner = new LayerStackRunner(stack, size);
            using var vertical = new Plane<byte>(
                stack.SizeOf(stack.Vertical.Layer, size).Width, stack.SizeOf(stack.Vertical.Layer, size).Height);
            using var horizontal = new Plane<byte>(
                stack.SizeOf(stack.Horizontal.Layer, size).Width, stack.SizeOf(stack.Horizontal.Layer, size).Height);
            runner.Run(frames, vertical, horizontal, workers);
            return [.. runner.MapsOf(layer - 1).Select(ToArray)];
        }
        catch (ArgumentException e)
        {
            throw new LiveConvException(ConvCommand.Plain(e), e);
        }
    }

    private static Plane<byte> ToPlane(NumberArray image, int layer)
    {
        if (image.Values.Any(value => value is not (>= 0 and <= 255) || !double.IsInteger(value)))
        {
            throw new LiveConvException($"layer {layer} needs the layers before it, which take images: whole values from 0 to 255");
        }

        var plane = new Plane<byte>(image.Shape[1], image.Shape[0]);
        plane.CopyFrom(Array.ConvertAll(image.Values, value => (byte)value));
        return plane;
    }

    private static NumberArray ToArray(Plane<float> map)
    {
        var values = new List<double>(map.Width * map.Height);
        for (int y = 0; y < map.Height; y++)
        {
            foreach (float value in map.Row(y))
            {
                values.Add(value);
            }
        }

        return new NumberArray([.. values], [map.Height, map.Width]) { Type = ElementType.Float32 };
    }
}
