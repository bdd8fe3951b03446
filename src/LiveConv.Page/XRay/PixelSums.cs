using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// The engine's values of a preset's first convolution, one at a time and without the rest of the image. One thread at a time.
/// </summary>
internal sealed class PixelSums : IDisposable
{
    private readonly Dictionary<int, Engine> engines = [];
    private Preset? current;

    /// <summary>The engine's value.</summary>
    /// <param name="stages">The stages, of which the first is a convolution.</param>
    /// <param name="channel">Its map.</param>
    /// <param name="frames">The frames, counted back in time. Borrowed for the length of the call.</param>
    /// <param name="x">Column of the map.</param>
    /// <param name="y">Row of the map.</param>
    public float Of(PresetStages stages, int channel, Plane<byte>[] frames, int x, int y)
    {
        if (current != stages.Preset)
        {
            Dispose();
            current = stages.Preset;
        }

        if (!engines.TryGetValue(channel, out Engine? engine))
        {
            engines[channel] = engine = new Engine(stages.Stages[0].Step, channel);
        }

        return engine.Value(frames, x, y);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Engine engine in engines.Values)
        {
            engine.Dispose();
        }

        engines.Clear();
    }

    // The preset's own layer with one of its filters, for images as large as the window: no border matters where its value is.
    private sealed class Engine : IDisposable
    {
        private readonly StackLayer layer;
        private readonly int left;
        private readonly int top;
        private readonly Plane<byte>[] images;
        private readonly LayerState state;

        public Engine(StackLayer whole, int channel)
        {
            layer = whole;
            LayerFilter filter = whole.Filters[channel];
            Kernel[] kernels = [.. filter.Terms.Select(term => term.Kernel)];
            bool isPadded = whole.Padding is not null;
            left = isPadded ? 0 : whole.Dilation * kernels.Max(kernel => kernel.AnchorX);
            top = isPadded ? 0 : whole.Dilation * kernels.Max(kernel => kernel.AnchorY);
            int right = whole.Dilation * kernels.Max(kernel => kernel.Width - 1 - (isPadded ? 0 : kernel.AnchorX));
            int bottom = whole.Dilation * kernels.Max(kernel => kernel.Height - 1 - (isPadded ? 0 : kernel.AnchorY));
            var size = new ImageSize(left + right + 1, top + bottom + 1);
            int frames = filter.Terms.Max(term => term.Input) + 1;
            images = [.. Enumerable.Range(0, frames).Select(_ => new Plane<byte>(size.Width, size.Height))];
            StackLayer alone = whole with { Filters = [filter], Stride = 1, Padding = isPadded ? 0 : null, Border = BorderMode.Zero };
            state = new LayerState(alone, isFirst: true, inputs: 1, size);
        }

        public float Value(Plane<byte>[] frames, int x, int y)
        {
            int firstRow = (y * layer.Stride) - top - (layer.Padding ?? 0);
            int firstColumn = (x * layer.Stride) - left - (layer.Padding ?? 0);
            for (int age = 0; age < images.Length; age++)
            {
                Fill(images[age], frames[age], firstRow, firstColumn);
            }

            state.RunFirst(images, null);
            return state.Maps[0].Row(top)[left];
        }

        public void Dispose()
        {
            Array.ForEach(images, image => image.Dispose());
            state.Dispose();
        }

        private void Fill(Plane<byte> image, Plane<byte> frame, int firstRow, int firstColumn)
        {
            for (int j = 0; j < image.Height; j++)
            {
                int row = Borders.Map(firstRow + j, frame.Height, layer.Border);
                Span<byte> pixels = image.Row(j);
                for (int i = 0; i < image.Width; i++)
                {
                    int column = Borders.Map(firstColumn + i, frame.Width, layer.Border);
                    pixels[i] = row == Borders.Constant || column == Borders.Constant ? (byte)0 : frame.Row(row)[column];
                }
            }
        }
    }
}
