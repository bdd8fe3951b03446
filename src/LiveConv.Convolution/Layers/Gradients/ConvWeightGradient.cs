using System.Buffers;
using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// The gradient of a convolution to its weights: for each weight the products of the outputs' gradients and the inputs that it was
/// multiplied by, over all images.
/// </summary>
internal static unsafe class ConvWeightGradient
{
    /// <summary>Computes it over a dense batch.</summary>
    /// <param name="plan">The convolution; two axes.</param>
    /// <param name="input">Its input.</param>
    /// <param name="outputGradient">The gradient to its output.</param>
    /// <param name="gradient">Overwritten, in the order of the weights.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    public static void Run<T>(
        ConvPlan plan, ReadOnlySpan<T> input, ReadOnlySpan<T> outputGradient, Span<T> gradient, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // All images at once, as the channels of one: each weight sums over all of them.
        var layout = new PaddedLayout(plan.Window, checked(plan.Batch.Count * plan.Batch.Channels));
        int columns = plan.Window.Width.Output;
        int whole = LaneSums<T>.Whole(columns);
        int rows = checked(outputGradient.Length / columns);
        T[] padded = ArrayPool<T>.Shared.Rent(layout.Length);
        T[] filled = columns == whole ? [] : ArrayPool<T>.Shared.Rent(checked(rows * whole));
        nint[] offsets = TapOffsets.Rent(layout, plan.Batch.Channels / plan.Options.Groups);
        try
        {
            fixed (T* source = input, memory = padded, given = outputGradient, copy = filled, target = gradient)
            fixed (nint* tapOffsets = offsets)
            {
                T* image = PaddedLayout.Align(memory);
                var dense = new ImageMemory<T>(source, plan.Window.Width.Input, (nint)plan.Window.InputLength);
                plan.Pad(layout, dense, image).RunAll(workers);

                // Behind the last row, where the gradients are zeros: what was in the memory before may be no number.
                nint used = layout.Channels * layout.ChannelPitch;
                new Span<T>(image + used, (int)(padded.Length - used - (image - memory))).Clear();
                if (filled.Length > 0)
                {
                    Fill(given, copy, rows, columns, whole);
                }

                VectorDispatch.Run<T, Action<T>>(
                    VectorWidths.BestReal, new(plan, layout, image, filled.Length > 0 ? copy : given, tapOffsets, target, workers));
            }
        }
        finally
        {
            ArrayPool<nint>.Shared.Return(offsets);
            ArrayPool<T>.Shared.Return(padded);
            if (filled.Length > 0)
            {
                ArrayPool<T>.Shared.Return(filled);
            }
        }
    }

    // Rows with zeros behind them, up to a whole number of lanes.
    private static void Fill<T>(T* source, T* target, int rows, int columns, int whole)
        where T : unmanaged
    {
        for (int row = 0; row < rows; row++, source += columns, target += whole)
        {
            new ReadOnlySpan<T>(source, columns).CopyTo(new Span<T>(target, columns));
            new Span<T>(target + columns, whole - columns).Clear();
        }
    }

    private readonly struct Action<T>(
        ConvPlan plan, PaddedLayout layout, T* input, T* gradient, nint* offsets, T* target, WorkerPool? workers) : IRealLaneAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<TLanes, TVector>()
            where TLanes : IRealLanes<T, TVector>
            where TVector : struct
        {
            var job = new WeightGradientJob<T, TLanes, TVector>(plan, layout, input, gradient, offsets, target);
            Tiles.Run(ref job, job.Tiles, workers);
        }
    }
}

/// <summary>Sums the gradients of a convolution's weights. A tile is some taps of some output channels of a group.</summary>
internal readonly unsafe struct WeightGradientJob<T, TLanes, TVector> : ITileJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    private readonly nint* offsets;
    private readonly T* target;
    private readonly RowDots<T> all;
    private readonly nint groupPitch;
    private readonly int outputs;
    private readonly int taps;
    private readonly int outputBlocks;
    private readonly int tapBlocks;

    public WeightGradientJob(ConvPlan plan, PaddedLayout layout, T* input, T* gradient, nint* offsets, T* target)
    {
        this.offsets = offsets;
        this.target = target;
        int groups = plan.Options.Groups;
        outputs = plan.OutputChannels / groups;
        taps = checked(plan.Batch.Channels / groups * plan.Window.Taps);
        outputBlocks = (outputs + RowDots<T>.Channels - 1) / RowDots<T>.Channels;
        tapBlocks = (taps + RowDots<T>.Taps - 1) / RowDots<T>.Taps;
        groupPitch = plan.Batch.Channels / groups * layout.ChannelPitch;
        int columns = LaneSums<T>.Whole(plan.Window.Width.Output);
        nint channel = (nint)plan.Window.Height.Output * columns;
        all = new RowDots<T>
        {
            Input = input,
            InputImagePitch = plan.Batch.Channels * layout.ChannelPitch,
            InputRowPitch = layout.RowOrigin(0, 1),
            Gradient = gradient,
            GradientImagePitch = plan.OutputChannels * channel,
            GradientRowPitch = columns,
            GradientChannelPitch = channel,
            Images = plan.Batch.Count,
            Rows = plan.Window.Height.Output,
            Columns = columns,
        };
        Tiles = checked(groups * outputBlocks * tapBlocks);
    }

    public int Tiles { get; }

    public void Run(int tile)
    {
        int firstTap = tile % tapBlocks * RowDots<T>.Taps;
        int firstOutput = tile / tapBlocks % outputBlocks * RowDots<T>.Channels;
        int group = tile / tapBlocks / outputBlocks;
        RowDots<T> dots = all with
        {
            Input = all.Input + group * groupPitch,
            Gradient = all.Gradient + (nint)group * outputs * all.GradientChannelPitch,
        };

        // A block at an edge has its last output and its last tap more than once.
        for (int o = 0; o < RowDots<T>.Channels; o++)
        {
            dots.Outputs[o] = Math.Min(firstOutput + o, outputs - 1);
        }

        for (int t = 0; t < RowDots<T>.Taps; t++)
        {
            dots.Offsets[t] = offsets[Math.Min(firstTap + t, taps - 1)];
        }

        T* lanes = stackalloc T[RowDots<T>.Channels * RowDots<T>.Taps * LaneSums<T>.Lanes];
        RowDots<T, TLanes, TVector>.Run(in dots, lanes);
        for (int o = firstOutput; o < Math.Min(firstOutput + RowDots<T>.Channels, outputs); o++)
        {
            T* weights = target + ((nint)group * outputs + o) * taps;
            for (int t = firstTap; t < Math.Min(firstTap + RowDots<T>.Taps, taps); t++)
            {
                weights[t] = LaneSums<T>.Total(lanes + ((o - firstOutput) * RowDots<T>.Taps + t - firstTap) * LaneSums<T>.Lanes);
            }
        }
    }
}
