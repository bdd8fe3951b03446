namespace LiveConv.Convolution.Stacks;

/// <summary>Pools maps of one size, as <see cref="Functional"/> pools tensors. A call allocates nothing.</summary>
internal sealed unsafe class MapPooling : IDisposable
{
    private readonly bool max;
    private readonly PaddedLayout layout;
    private readonly nint[] tapOffsets;
    private readonly Plane<float> padded;

    public MapPooling(Pooling pooling, ImageSize input)
    {
        max = pooling.Mode == PoolingMode.Max;
        layout = LayoutFor(pooling, input);
        tapOffsets = TapOffsets.Of(layout, 1);
        padded = new Plane<float>(layout.Length, 1);
    }

    /// <summary>Where the padded copy of a map lies.</summary>
    public static PaddedLayout LayoutFor(Pooling pooling, ImageSize input)
    {
        var height = new Axis(input.Height, pooling.Size, pooling.Stride, 1, 0, 0);
        var width = new Axis(input.Width, pooling.Size, pooling.Stride, 1, 0, 0);
        return new PaddedLayout(Window.Of([height, width]), 1);
    }

    /// <summary>Pools one map.</summary>
    public void Run(Plane<float> from, Plane<float> to, WorkerPool? workers)
    {
        fixed (nint* offsets = tapOffsets)
        {
            Pooler.Run(
                max, layout, ImageMemory<float>.Of(from), ImageMemory<float>.Of(padded).Origin, offsets, ImageMemory<float>.Of(to),
                workers);
        }

        GC.KeepAlive(from);
        GC.KeepAlive(to);
    }

    public void Dispose() => padded.Dispose();
}
