namespace LiveConv.Convolution.Stacks;

/// <summary>One layer at one size: its planes, and how they are filled. A call allocates nothing.</summary>
internal sealed class LayerState : IDisposable
{
    private readonly StackLayer layer;
    private readonly IPixelConvolution? pixelConvolution;
    private readonly MapConvolution? mapConvolution;
    private readonly MapPooling? mapPooling;
    private readonly MapUpsampling? mapUpsampling;
    private readonly PlaneSet<float> convolved = PlaneSet<float>.Empty;
    private readonly PlaneSet<float> merged = PlaneSet<float>.Empty;
    private readonly PlaneSet<float> pooled = PlaneSet<float>.Empty;
    private readonly PlaneSet<float> upsampled = PlaneSet<float>.Empty;

    public LayerState(StackLayer layer, bool isFirst, int inputs, ImageSize input)
    {
        this.layer = layer;
        ImageSize size = layer.SizeConvolved(input);
        int maps = layer.MapsOf(inputs);
        try
        {
            // Without kernels of its own the first layer needs the image as numbers.
            int convolvedMaps = layer.Filters.Count > 0 ? layer.Filters.Count : isFirst ? 1 : 0;
            convolved = new PlaneSet<float>(convolvedMaps, size);
            if (layer.Filters.Count > 0)
            {
                pixelConvolution = isFirst ? IPixelConvolution.For(layer, convolved) : null;
                mapConvolution = pixelConvolution is null ? new(layer, input) : null;
            }

            // Activations work in place after a convolution; the maps of the layer before must stay what they are.
            bool keepsInput = layer.Merge != Merge.None || (layer.Activation != Activation.None && convolvedMaps == 0);
            merged = new PlaneSet<float>(keepsInput ? maps : 0, size);
            if (layer.Pooling is { } pooling)
            {
                mapPooling = new(pooling, size);
                size = layer.SizePooled(size);
                pooled = new PlaneSet<float>(maps, size);
            }

            if (layer.Upsampling is { } upsampling)
            {
                mapUpsampling = new(upsampling, size);
                upsampled = new PlaneSet<float>(maps, layer.SizeOf(input));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The layer's maps; valid after a run. A layer that changes nothing in them shows its input's.</summary>
    public Plane<float>[] Maps { get; private set; } = [];

    /// <summary>Runs the stack's first layer.</summary>
    /// <param name="frames">The frames, counted back in time.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    public void RunFirst(ReadOnlySpan<Plane<byte>> frames, WorkerPool? workers)
    {
        if (layer.Filters.Count == 0)
        {
            RowJob<BiasRow<byte>>.Run(new(frames[0], 0, convolved.Planes[0]), frames[0].Height, workers);
        }
        else if (pixelConvolution is not null)
        {
            pixelConvolution.Run(frames, convolved.Planes, workers);
        }
        else
        {
            mapConvolution!.Run(frames, convolved, workers);
        }

        Finish(convolved.Planes, workers);
    }

    /// <summary>Runs a layer over the maps of the one before it.</summary>
    public void Run(Plane<float>[] inputs, WorkerPool? workers)
    {
        if (layer.Filters.Count > 0)
        {
            mapConvolution!.Run<float>(inputs, convolved, workers);
            inputs = convolved.Planes;
        }

        Finish(inputs, workers);
    }

    public void Dispose()
    {
        pixelConvolution?.Dispose();
        mapConvolution?.Dispose();
        mapPooling?.Dispose();
        convolved.Dispose();
        merged.Dispose();
        pooled.Dispose();
        upsampled.Dispose();
    }

    private void Finish(Plane<float>[] maps, WorkerPool? workers)
    {
        maps = MergeMaps(maps, workers);
        maps = Activate(maps, workers);
        Maps = Resample(maps, workers);
    }

    private Plane<float>[] MergeMaps(Plane<float>[] maps, WorkerPool? workers)
    {
        switch (layer.Merge)
        {
            case Merge.None:
                return maps;
            case Merge.Thin:
                RowJob<NonMaximumSuppressionRow>.Run(new(maps[0], maps[1], merged.Planes[0], merged.Planes[1]), maps[0].Height, workers);
                return merged.Planes;
            default:
                RowJob<MergeRow>.Run(new(layer.Merge, maps, merged.Planes[0]), maps[0].Height, workers);
                return merged.Planes;
        }
    }

    private Plane<float>[] Activate(Plane<float>[] maps, WorkerPool? workers)
    {
        if (layer.Activation == Activation.None)
        {
            return maps;
        }

        Plane<float>[] to = merged.Planes.Length > 0 ? merged.Planes : maps;
        for (int m = 0; m < maps.Length; m++)
        {
            RowJob<ActivateRow>.Run(new(layer.Activation, layer.Threshold, maps[m], to[m]), maps[m].Height, workers);
        }

        return to;
    }

    private Plane<float>[] Resample(Plane<float>[] maps, WorkerPool? workers)
    {
        if (mapPooling is not null)
        {
            for (int m = 0; m < maps.Length; m++)
            {
                mapPooling.Run(maps[m], pooled.Planes[m], workers);
            }

            maps = pooled.Planes;
        }

        if (mapUpsampling is not null)
        {
            for (int m = 0; m < maps.Length; m++)
            {
                mapUpsampling.Run(maps[m], upsampled.Planes[m], workers);
            }

            maps = upsampled.Planes;
        }

        return maps;
    }
}
