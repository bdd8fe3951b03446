using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// The engine's sum of one window, before gain and response: that of the map's pixel, without the rest of the image. One thread at a time.
/// </summary>
internal sealed class PixelSums : IDisposable
{
    private readonly Engine?[] engines = new Engine?[2];

    /// <summary>The engine's sum.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="map">0 vertical edges, 1 horizontal edges.</param>
    /// <param name="step">The step from the image to this map.</param>
    /// <param name="window">The pixels under the kernel, row by row.</param>
    public float Of(Preset preset, int map, PixelStep step, int[][] window)
    {
        if (engines[map] is not { } engine || engine.Preset != preset)
        {
            engines[map]?.Dispose();
            engines[map] = engine = new Engine(preset, step);
        }

        return engine.Sum(window);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Engine? engine in engines)
        {
            engine?.Dispose();
        }
    }

    // The preset's own engine, for an image as large as the kernel: no border matters at its anchor.
    private sealed class Engine : IDisposable
    {
        private readonly PixelStep step;
        private readonly Plane<byte> image;
        private readonly FilterBank? bank;
        private readonly Plane<float>? sums;
        private readonly LayerStackRunner? runner;
        private readonly Plane<byte> map = new(1, 1);

        public Engine(Preset preset, PixelStep step)
        {
            Preset = preset;
            this.step = step;
            Kernel kernel = step.Kernel;
            image = new Plane<byte>((step.Dilation * (kernel.Width - 1)) + 1, (step.Dilation * (kernel.Height - 1)) + 1);
            if (preset.Bank is null)
            {
                var layer = new StackLayer
                {
                    Filters = [new([new(0, kernel)])],
                    Dilation = step.Dilation,
                    Padding = 0,
                    Border = BorderMode.Zero,
                };
                var stack = new LayerStack([layer], new(0, 0), new(0, 0));
                runner = new LayerStackRunner(stack, new ImageSize(image.Width, image.Height));
            }
            else
            {
                bank = new FilterBank(Operation.Correlation, BorderMode.Zero, new Filter(kernel));
                sums = new Plane<float>(image.Width, image.Height);
            }
        }

        public Preset Preset { get; }

        public float Sum(int[][] window)
        {
            for (int j = 0; j < window.Length; j++)
            {
                for (int i = 0; i < window[j].Length; i++)
                {
                    image.Row(j * step.Dilation)[i * step.Dilation] = (byte)window[j][i];
                }
            }

            if (runner is not null)
            {
                runner.Run([image], map, map);
                return runner.MapsOf(0)[0].Row(0)[0];
            }

            bank!.Apply(image.View, [sums!]);
            return sums!.Row(step.Kernel.AnchorY)[step.Kernel.AnchorX];
        }

        public void Dispose()
        {
            image.Dispose();
            sums?.Dispose();
            runner?.Dispose();
            map.Dispose();
        }
    }
}
