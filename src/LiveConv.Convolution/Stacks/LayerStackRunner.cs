namespace LiveConv.Convolution;

/// <summary>
/// Applies a <see cref="LayerStack"/> to images of one size; keeps the planes between the layers, so that a call allocates
/// nothing. One thread at a time.
/// </summary>
public sealed class LayerStackRunner : IDisposable
{
    private readonly LayerState[] states;

    /// <summary>Allocates all planes.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="image">Size of the images, at least 1x1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stack"/> is null.</exception>
    /// <exception cref="ArgumentException">The image is too small: a layer's maps would be empty; or so large that they would need more
    /// than 2 GiB.</exception>
    public LayerStackRunner(LayerStack stack, ImageSize image)
    {
        ArgumentNullException.ThrowIfNull(stack);
        Stack = stack;
        Image = image;
        _ = stack.SizeOf(stack.Layers.Count - 1, image);
        CheckMemory(stack, image);
        states = new LayerState[stack.Layers.Count];
        try
        {
            int inputs = 1;
            ImageSize size = image;
            for (int i = 0; i < states.Length; i++)
            {
                StackLayer layer = stack.Layers[i];
                states[i] = new LayerState(layer, i == 0, inputs, size);
                inputs = layer.MapsOf(inputs);
                size = layer.SizeOf(size);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The stack.</summary>
    public LayerStack Stack { get; }

    /// <summary>Size of the images.</summary>
    public ImageSize Image { get; }

    /// <summary>Runs all layers.</summary>
    /// <param name="frames">
    /// <see cref="LayerStack.Frames"/> images, the newest first. Borrowed for the length of
    /// the call.
    /// </param>
    /// <param name="vertical">The map of vertical edges, with the size that <see cref="LayerStack.SizeOf"/> gives; overwritten.</param>
    /// <param name="horizontal">The map of horizontal edges, with the size that <see cref="LayerStack.SizeOf"/> gives; overwritten.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">Number or size of the frames or maps does not fit.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Run(ReadOnlySpan<Plane<byte>> frames, Plane<byte> vertical, Plane<byte> horizontal, WorkerPool workers)
    {
        ArgumentNullException.ThrowIfNull(vertical);
        ArgumentNullException.ThrowIfNull(horizontal);
        ArgumentNullException.ThrowIfNull(workers);
        CheckFrames(frames);
        states[0].RunFirst(frames, workers);
        for (int i = 1; i < states.Length; i++)
        {
            states[i].Run(states[i - 1].Maps, workers);
        }

        Show(Stack.Vertical, vertical, workers);
        Show(Stack.Horizontal, horizontal, workers);
    }

    /// <summary>The maps of one layer, as the last <see cref="Run"/> left them. Overwritten by the next.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <returns>The maps; empty before the first run.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public IReadOnlyList<Plane<float>> MapsOf(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)layer, (uint)states.Length, nameof(layer));
        return states[layer].Maps;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LayerState? state in states)
        {
            state?.Dispose();
        }
    }

    private void CheckFrames(ReadOnlySpan<Plane<byte>> frames)
    {
        if (frames.Length != Stack.Frames)
        {
            throw new ArgumentException($"the stack looks at {Stack.Frames} frames; got {frames.Length}", nameof(frames));
        }

        foreach (Plane<byte> frame in frames)
        {
            if (frame.Width != Image.Width || frame.Height != Image.Height)
            {
                throw new ArgumentException($"a frame is {frame.Width}x{frame.Height}; the planes are for {Image}", nameof(frames));
            }
        }
    }

    private void Show(StackOutput output, Plane<byte> to, WorkerPool workers)
    {
        Plane<float> from = states[output.Layer].Maps[output.Map];
        if (from.Width != to.Width || from.Height != to.Height)
        {
            throw new ArgumentException($"the map is {to.Width}x{to.Height}; the stack makes it {from.Width}x{from.Height}", nameof(to));
        }

        RowJob<PixelRow>.Run(new(output, from, to), to.Height, workers);
    }

    // The maps before and after resampling, and the padded copies of a convolution's input; what else a layer needs is small beside them.
    private static void CheckMemory(LayerStack stack, ImageSize image)
    {
        const long Max = 2L << 30;
        long bytes = 0;
        int maps = 1;
        ImageSize size = image;
        foreach (StackLayer layer in stack.Layers)
        {
            long padded = layer.Filters.Count == 0 ? 0 : (long)maps * size.Width * size.Height;
            ImageSize convolved = layer.SizeConvolved(size);
            maps = layer.MapsOf(maps);
            size = layer.SizeOf(size);
            long pixels = padded + Math.Max(layer.Filters.Count, maps) * (long)convolved.Width * convolved.Height;
            bytes += (pixels + (size == convolved ? 0 : maps * (long)size.Width * size.Height)) * sizeof(float);
        }

        if (bytes > Max)
        {
            throw new ArgumentException($"its maps would need {bytes >> 20} MiB; the limit is {Max >> 20} MiB");
        }
    }
}
