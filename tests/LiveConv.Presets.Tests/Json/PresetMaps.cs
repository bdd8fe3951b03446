using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets.Tests;

/// <summary>What the engine makes of a small random image, always the same one, under a preset.</summary>
internal static class PresetMaps
{
    private static readonly ImageSize Image = new(41, 29);

    /// <summary>The bytes of both maps; null when the image is too small for the preset.</summary>
    public static byte[]? Of(Preset preset)
    {
        if (preset.Stack is not { } stack)
        {
            using Plane<byte> image = RandomPlane(0);
            return Both(Image, Image, (vertical, horizontal) => preset.Bank!.Apply(image.View, [vertical, horizontal]));
        }

        Plane<byte>[] frames = [.. Enumerable.Range(0, stack.Frames).Select(RandomPlane)];
        try
        {
            using var runner = new LayerStackRunner(stack, Image);
            return Both(
                stack.SizeOf(stack.Vertical.Layer, Image),
                stack.SizeOf(stack.Horizontal.Layer, Image),
                (vertical, horizontal) => runner.Run(frames, vertical, horizontal));
        }
        catch (ArgumentException e) when (e.Message.Contains("too small", StringComparison.Ordinal))
        {
            return null;
        }
        finally
        {
            Array.ForEach(frames, frame => frame.Dispose());
        }
    }

    private static byte[] Both(ImageSize vertical, ImageSize horizontal, Action<Plane<byte>, Plane<byte>> fill)
    {
        using var first = new Plane<byte>(vertical.Width, vertical.Height);
        using var second = new Plane<byte>(horizontal.Width, horizontal.Height);
        fill(first, second);
        return [.. Bytes(first), .. Bytes(second)];
    }

    private static IEnumerable<byte> Bytes(Plane<byte> plane) =>
        Enumerable.Range(0, plane.Height).SelectMany(y => plane.Row(y).ToArray());

    private static Plane<byte> RandomPlane(int seed)
    {
        var random = new Random(seed);
        var plane = new Plane<byte>(Image.Width, Image.Height);
        for (int y = 0; y < Image.Height; y++)
        {
            random.NextBytes(plane.Row(y));
        }

        return plane;
    }
}
