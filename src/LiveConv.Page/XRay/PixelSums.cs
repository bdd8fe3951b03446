using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>The engine's sums of one image, before gain and response; computed once for each image. One thread at a time.</summary>
internal sealed class PixelSums : IDisposable
{
    private readonly Plane<float>?[] sums = new Plane<float>?[2];
    private LayerStackRunner? runner;
    private uint image;

    /// <summary>The engine's sum at a pixel.</summary>
    /// <param name="maps">The maps; borrowed for the length of the call. Their preset is a pair, or a stack of one layer.</param>
    /// <param name="number">The maps' number.</param>
    /// <param name="question">Which pixel; inside the map.</param>
    public float At(EdgeMaps maps, uint number, PixelQuestion question)
    {
        if (image != number)
        {
            Compute(maps);
            image = number;
        }

        return PlaneOf(maps.Preset, question.Map).Row(question.Y)[question.X];
    }

    /// <inheritdoc/>
    public void Dispose() => Free();

    private Plane<float> PlaneOf(Preset preset, int map) => preset.Stack is { } stack
        ? runner!.MapsOf(0)[(map == 0 ? stack.Vertical : stack.Horizontal).Map]
        : sums[map]!;

    private void Compute(EdgeMaps maps)
    {
        Free();
        if (maps.Preset.Stack is { } stack)
        {
            runner = new LayerStackRunner(stack, new ImageSize(maps.Frame.Luma.Width, maps.Frame.Luma.Height));
            using var vertical = new Plane<byte>(maps.Vertical.Width, maps.Vertical.Height);
            using var horizontal = new Plane<byte>(maps.Horizontal.Width, maps.Horizontal.Height);
            runner.Run([maps.Frame.Luma], vertical, horizontal);
        }
        else
        {
            sums[0] = new Plane<float>(maps.Vertical.Width, maps.Vertical.Height);
            sums[1] = new Plane<float>(maps.Horizontal.Width, maps.Horizontal.Height);
            maps.Preset.Bank!.Apply(maps.Frame.Luma.View, sums!);
        }
    }

    private void Free()
    {
        runner?.Dispose();
        runner = null;
        foreach (Plane<float>? plane in sums)
        {
            plane?.Dispose();
        }

        Array.Clear(sums);
    }
}
