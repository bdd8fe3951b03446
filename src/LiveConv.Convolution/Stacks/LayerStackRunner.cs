namespace LiveConv.Convolution.Stacks;

/// <summary>
/// Applies a <see cref="LayerStack"/> to images of one size; keeps the planes between the layers, so that a call allocates
/// nothing. One thread at a time.
/// </summary>
public sealed class LayerStackRunner : IDisposable
{
    private readonly LayerState[] states;

    /// <summary>Creates a runner and allocates all planes.</summary>
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
    /// <param name="vertical">Where the map of vertical edges is written, in memory of any layout; as large as the stack says. Nothing
    /// between its width and its pitch is written.</param>
    /// <param name="horizontal">Where the map of horizontal edges is written, likewise.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">Number or size of the frames or maps does not fit.</exception>
    /// <exception cref="ObjectDisposedException">A frame or the workers were disposed.</exception>
    public void Run(
        ReadOnlySpan<Plane<byte>> frames, PlaneView<byte> vertical, PlaneView<byte> horizontal, WorkerPool? workers = null)
    {
        CheckFrames(frames);
        CheckMap(Stack.Vertical, vertical, nameof(vertical));
        CheckMap(Stack.Horizontal, horizontal, nameof(horizontal));
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

    private void CheckMap(StackOutput output, PlaneView<byte> map, string name)
    {
        ImageSize size = Stack.SizeOf(output.Layer, Image);
        if (size != new ImageSize(map.Width, map.Height))
        {
            throw new ArgumentException($"the map is {map.Width}x{map.Height}; the stack makes it {size}", name);
        }
    }

    private unsafe void Show(StackOutput output, PlaneView<byte> to, WorkerPool? workers)
    {
        fixed (byte* pixels = &to.Origin)
        {
            RowJob<PixelRow>.Run(new(output, states[output.Layer].Maps[output.Map], pixels, to.Pitch), to.Height, workers);
        }
    }

    private static void CheckMemory(LayerStack stack, ImageSize image)
    {
        const long Max = 2L << 30;
        long bytes = stack.BytesFor(image);
        if (bytes > Max)
        {
            throw new ArgumentException($"its maps would need {bytes >> 20} MiB; the limit is {Max >> 20} MiB");
        }
    }
}
