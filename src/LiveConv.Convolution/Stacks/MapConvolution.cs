using System.Numerics;

namespace LiveConv.Convolution.Stacks;

/// <summary>
/// The convolution of a layer over the maps of the one before it, or over frames with padding of its own: the direct algorithm of
/// <see cref="ConvLayer"/>, over only those maps that a filter looks at. A call allocates nothing.
/// </summary>
internal sealed unsafe class MapConvolution : IDisposable
{
    private readonly BorderMode border;
    private readonly int[] inputs;
    private readonly PaddedLayout layout;
    private readonly Plane<float> padded;
    private readonly FilterGroup[] groups;

    public MapConvolution(StackLayer layer, ImageSize input)
    {
        border = layer.Border;
        inputs = InputsOf(layer);
        layout = LayoutFor(layer, input);
        padded = new Plane<float>(layout.Length, 1);
        groups = FilterGroup.Of(layer, inputs, layout);
    }

    /// <summary>Where the padded copies of the maps lie that the filters look at.</summary>
    public static PaddedLayout LayoutFor(StackLayer layer, ImageSize input) => new(layer.WindowOver(input), InputsOf(layer).Length);

    /// <summary>Runs all filters.</summary>
    /// <param name="maps">The input maps.</param>
    /// <param name="outputs">One map per filter.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    public void Run<T>(ReadOnlySpan<Plane<T>> maps, PlaneSet<float> outputs, WorkerPool? workers)
        where T : unmanaged, INumberBase<T>
    {
        float* image = ImageMemory<float>.Of(padded).Origin;
        for (int c = 0; c < inputs.Length; c++)
        {
            var pad = new PadRow<T, float>
            {
                Source = ImageMemory<T>.Of(maps[inputs[c]]),
                Target = image + c * layout.ChannelPitch,
                Layout = layout,
                Border = border,
            };
            RowJob<PadRow<T, float>>.Run(pad, layout.Rows, workers);
        }

        foreach (FilterGroup group in groups)
        {
            VectorDispatch.Run<float, Correlate>(VectorWidths.BestReal, new(this, group, image, outputs.Memory, workers));
        }

        foreach (Plane<T> map in maps)
        {
            GC.KeepAlive(map);
        }

        GC.KeepAlive(outputs);
    }

    public void Dispose() => padded.Dispose();

    private static int[] InputsOf(StackLayer layer) =>
        [.. layer.Filters.SelectMany(filter => filter.Terms).Select(term => term.Input).Distinct().Order()];

    private readonly struct Correlate(
        MapConvolution convolution, FilterGroup group, float* image, ImageMemory<float> outputs, WorkerPool? workers)
            : IRealLaneAction<float>
    {
        public void Run<TLanes, TVector>()
            where TLanes : IRealLanes<float, TVector>
            where TVector : struct
        {
            var maps = new ImageMemory<float>(outputs.Row(group.First, 0), outputs.RowPitch, outputs.ChannelPitch);
            fixed (float* weights = group.Weights.Values)
            fixed (nint* offsets = group.TapOffsets)
            {
                var job = new CorrelateJob<float, TLanes, TVector>(
                    convolution.layout, group.Weights.Blocks, 1, group.TapOffsets.Length, maps)
                {
                    Padded = image,
                    Weights = weights,
                    TapOffsets = offsets,
                };
                Tiles.Run(ref job, job.Tiles, workers);
            }
        }
    }
}
