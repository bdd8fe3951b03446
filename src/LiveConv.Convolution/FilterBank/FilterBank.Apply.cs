using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <content>Applying a bank: to planes, and to memory of any layout.</content>
public sealed partial class FilterBank
{
    private static readonly string[] ListName = ["maps"];
    private static readonly string[] OneName = ["map"];
    private static readonly string[] PairNames = ["first", "second"];

    /// <summary>Filters one plane into one 8-bit map per filter.</summary>
    /// <param name="input">The image. Borrowed for the length of the call.</param>
    /// <param name="maps">One plane per filter, as large as the input (divided by the stride); overwritten. None may overlap the
    /// input.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">The number or size of the maps does not fit, or one overlaps the input or another
    /// map.</exception>
    /// <exception cref="ArgumentNullException">A map is null.</exception>
    /// <exception cref="ObjectDisposedException">A map or the workers were disposed.</exception>
    /// <exception cref="OperationCanceledException">The workers' <see cref="WorkerPool.Cancellation"/> was cancelled.</exception>
    public void Apply(ReadOnlyPlaneView<byte> input, ReadOnlySpan<Plane<byte>> maps, WorkerPool? workers = null) =>
        Run(input, maps, workers, steps);

    /// <summary>Filters one plane with a bank of one filter into memory of any layout: an 8-bit map.</summary>
    /// <param name="input">The image. Borrowed for the length of the call.</param>
    /// <param name="map">As large as the input (divided by the stride); overwritten, except between its width and its pitch.
    /// May not overlap the input. Borrowed for the length of the call.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">The bank has several filters, the map's size does not fit, or it overlaps the input.</exception>
    /// <exception cref="ObjectDisposedException">The workers were disposed.</exception>
    /// <exception cref="OperationCanceledException">The workers' <see cref="WorkerPool.Cancellation"/> was cancelled.</exception>
    public void Apply(ReadOnlyPlaneView<byte> input, PlaneView<byte> map, WorkerPool? workers = null) =>
        Run(input, map, workers, steps);

    /// <summary>Filters one plane with a bank of two filters into memory of any layout: two 8-bit maps.</summary>
    /// <param name="input">The image. Borrowed for the length of the call.</param>
    /// <param name="first">The first filter's map, as large as the input (divided by the stride); overwritten, except
    /// between its width and its pitch. Borrowed for the length of the call.</param>
    /// <param name="second">The second filter's map. The input and the maps may not overlap, but may be rectangles side by side in one
    /// image: see <see cref="PlaneView{T}.Slice"/>.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">The bank does not have two filters, a map's size does not fit, or a map overlaps the input or
    /// the other map.</exception>
    /// <exception cref="ObjectDisposedException">The workers were disposed.</exception>
    /// <exception cref="OperationCanceledException">The workers' <see cref="WorkerPool.Cancellation"/> was cancelled.</exception>
    public void Apply(ReadOnlyPlaneView<byte> input, PlaneView<byte> first, PlaneView<byte> second, WorkerPool? workers = null) =>
        Run(input, first, second, workers, steps);

    /// <summary>
    /// Filters one plane with a bank of two filters into memory of any layout, and hands both maps to a reader, strip by strip, as soon as
    /// their rows are finished. The maps are the same as without it. What the reader throws, the call throws.
    /// </summary>
    /// <typeparam name="TReader">The reader's type: a structure, so that the call allocates nothing.</typeparam>
    /// <param name="input">The image. Borrowed for the length of the call.</param>
    /// <param name="first">The first filter's map, as large as the input (divided by the stride); overwritten, except
    /// between its width and its pitch. Borrowed for the length of the call.</param>
    /// <param name="second">The second filter's map. The input and the maps may not overlap, but may be rectangles side by side in one
    /// image: see <see cref="PlaneView{T}.Slice"/>.</param>
    /// <param name="reader">The reader, of which the call keeps a copy: what it collects, it must keep elsewhere. What it writes may not
    /// overlap the input or a map.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">The bank does not have two filters, a map's size does not fit, or a map overlaps the input or
    /// the other map.</exception>
    /// <exception cref="ObjectDisposedException">The workers were disposed.</exception>
    /// <exception cref="OperationCanceledException">The workers' <see cref="WorkerPool.Cancellation"/> was cancelled.</exception>
    public void Apply<TReader>(
        ReadOnlyPlaneView<byte> input, PlaneView<byte> first, PlaneView<byte> second, TReader reader, WorkerPool? workers = null)
        where TReader : struct, IStripReader => Run(input, first, second, workers, steps, reader);

    /// <summary>Filters one plane into the sums themselves (no gain, no response), saturated to 16 bits.</summary>
    /// <inheritdoc cref="Apply(ReadOnlyPlaneView{byte}, ReadOnlySpan{Plane{byte}}, WorkerPool)"/>
    public void Apply(ReadOnlyPlaneView<byte> input, ReadOnlySpan<Plane<short>> maps, WorkerPool? workers = null) =>
        Run(input, maps, workers, rawShort ??= RawSteps<short>(null));

    /// <summary>Filters one plane with a bank of one filter into memory of any layout: the sums themselves, saturated to 16 bits.</summary>
    /// <inheritdoc cref="Apply(ReadOnlyPlaneView{byte}, PlaneView{byte}, WorkerPool)"/>
    public void Apply(ReadOnlyPlaneView<byte> input, PlaneView<short> map, WorkerPool? workers = null) =>
        Run(input, map, workers, rawShort ??= RawSteps<short>(null));

    /// <summary>Filters one plane with a bank of two filters into memory of any layout: the sums, saturated to 16 bits.</summary>
    /// <inheritdoc cref="Apply(ReadOnlyPlaneView{byte}, PlaneView{byte}, PlaneView{byte}, WorkerPool)"/>
    public void Apply(ReadOnlyPlaneView<byte> input, PlaneView<short> first, PlaneView<short> second, WorkerPool? workers = null) =>
        Run(input, first, second, workers, rawShort ??= RawSteps<short>(null));

    /// <summary>Filters one plane into the sums themselves (no gain, no response), saturated to 32 bits.</summary>
    /// <inheritdoc cref="Apply(ReadOnlyPlaneView{byte}, ReadOnlySpan{Plane{byte}}, WorkerPool)"/>
    public void Apply(ReadOnlyPlaneView<byte> input, ReadOnlySpan<Plane<int>> maps, WorkerPool? workers = null) =>
        Run(input, maps, workers, rawInt ??= RawSteps<int>(null));

    /// <summary>Filters one plane with a bank of one filter into memory of any layout: the sums themselves, saturated to 32 bits.</summary>
    /// <inheritdoc cref="Apply(ReadOnlyPlaneView{byte}, PlaneView{byte}, WorkerPool)"/>
    public void Apply(ReadOnlyPlaneView<byte> input, PlaneView<int> map, WorkerPool? workers = null) =>
        Run(input, map, workers, rawInt ??= RawSteps<int>(null));

    /// <summary>Filters one plane with a bank of two filters into memory of any layout: the sums, saturated to 32 bits.</summary>
    /// <inheritdoc cref="Apply(ReadOnlyPlaneView{byte}, PlaneView{byte}, PlaneView{byte}, WorkerPool)"/>
    public void Apply(ReadOnlyPlaneView<byte> input, PlaneView<int> first, PlaneView<int> second, WorkerPool? workers = null) =>
        Run(input, first, second, workers, rawInt ??= RawSteps<int>(null));

    /// <summary>Filters one plane into the sums themselves (no gain, no response), as floats.</summary>
    /// <inheritdoc cref="Apply(ReadOnlyPlaneView{byte}, ReadOnlySpan{Plane{byte}}, WorkerPool)"/>
    public void Apply(ReadOnlyPlaneView<byte> input, ReadOnlySpan<Plane<float>> maps, WorkerPool? workers = null) =>
        Run(input, maps, workers, rawFloat ??= RawSteps<float>(null));

    /// <summary>Filters one plane with a bank of one filter into memory of any layout: the sums themselves, as floats.</summary>
    /// <inheritdoc cref="Apply(ReadOnlyPlaneView{byte}, PlaneView{byte}, WorkerPool)"/>
    public void Apply(ReadOnlyPlaneView<byte> input, PlaneView<float> map, WorkerPool? workers = null) =>
        Run(input, map, workers, rawFloat ??= RawSteps<float>(null));

    /// <summary>Filters one plane with a bank of two filters into memory of any layout: the sums themselves, as floats.</summary>
    /// <inheritdoc cref="Apply(ReadOnlyPlaneView{byte}, PlaneView{byte}, PlaneView{byte}, WorkerPool)"/>
    public void Apply(ReadOnlyPlaneView<byte> input, PlaneView<float> first, PlaneView<float> second, WorkerPool? workers = null) =>
        Run(input, first, second, workers, rawFloat ??= RawSteps<float>(null));

    [SkipLocalsInit]
    private unsafe void Run<TOut>(ReadOnlyPlaneView<byte> input, ReadOnlySpan<Plane<TOut>> maps, WorkerPool? workers, FilterStep[] plan)
        where TOut : unmanaged
    {
        FilterChecks.Count(maps.Length, filters.Length, nameof(maps));
        MapMemory* memory = stackalloc MapMemory[MaxFilters];
        for (int m = 0; m < maps.Length; m++)
        {
            ArgumentNullException.ThrowIfNull(maps[m], nameof(maps));

            // A plane's pixels are unmanaged memory or pinned: they stay where they are.
            memory[m] = MapMemory.Of(maps[m].View);
        }

        Run(input, new(memory, maps.Length), ListName, sizeof(TOut), workers, plan, default(NoReader));

        // A plane without other references must not be finalised while its pixels are written.
        foreach (Plane<TOut> map in maps)
        {
            GC.KeepAlive(map);
        }
    }

    private unsafe void Run<TOut>(ReadOnlyPlaneView<byte> input, PlaneView<TOut> map, WorkerPool? workers, FilterStep[] plan)
        where TOut : unmanaged
    {
        FilterChecks.Count(1, filters.Length, nameof(map));
        fixed (TOut* pinned = &map.Origin)
        {
            MapMemory memory = MapMemory.Of(map);
            Run(input, new(ref memory), OneName, sizeof(TOut), workers, plan, default(NoReader));
        }
    }

    private void Run<TOut>(
        ReadOnlyPlaneView<byte> input, PlaneView<TOut> first, PlaneView<TOut> second, WorkerPool? workers, FilterStep[] plan)
        where TOut : unmanaged => Run(input, first, second, workers, plan, default(NoReader));

    private unsafe void Run<TOut, TReader>(
        ReadOnlyPlaneView<byte> input, PlaneView<TOut> first, PlaneView<TOut> second, WorkerPool? workers, FilterStep[] plan,
        TReader reader)
        where TOut : unmanaged
        where TReader : struct, IStripReader
    {
        FilterChecks.Count(2, filters.Length, nameof(first));
        fixed (TOut* pinnedFirst = &first.Origin, pinnedSecond = &second.Origin)
        {
            MapMemory* memory = stackalloc MapMemory[2] { MapMemory.Of(first), MapMemory.Of(second) };
            Run(input, new(memory, 2), PairNames, sizeof(TOut), workers, plan, reader);
        }
    }

    private unsafe bool Streams(ReadOnlySpan<MapMemory> maps, long workBytes) =>
        halo == Halo.One
        && (Options.StreamMaps ?? !recent.AreCached(PlaceOf(maps), workBytes, Stopwatch.GetTimestamp()));

    // One number for the addresses of all maps.
    private static unsafe nint PlaceOf(ReadOnlySpan<MapMemory> maps)
    {
        nint place = 0;
        foreach (MapMemory map in maps)
        {
            place = place * 31 + (nint)map.Target.Origin;
        }

        return place;
    }

    private static bool TakeWholeRows(FilterStep[] plan, int imageWidth)
    {
        bool all = true;
        foreach (FilterStep step in plan)
        {
            all &= step.TakesWholeRows(imageWidth);
        }

        return all;
    }

    private static unsafe bool StreamTo(FilterStep[] plan, int imageWidth, Target* targets)
    {
        bool all = true;
        foreach (FilterStep step in plan)
        {
            all &= step.StreamsTo(imageWidth, targets + step.First);
        }

        return all;
    }

    // Pinned; read only under a constant border. Two threads that race make the same one.
    private byte[] OutsideRow(int imageWidth)
    {
        byte[]? row = outsideRow;
        if (row is null || (row.Length < imageWidth && Border is BorderMode.Zero or BorderMode.Constant))
        {
            row = GC.AllocateUninitializedArray<byte>(imageWidth, pinned: true);
            row.AsSpan().Fill(Border == BorderMode.Constant ? Options.BorderValue : (byte)0);
            outsideRow = row;
        }

        return row;
    }

    [SkipLocalsInit]
    private unsafe void Run<TReader>(
        ReadOnlyPlaneView<byte> input, ReadOnlySpan<MapMemory> maps, string[] names, int outputBytes, WorkerPool? workers,
        FilterStep[] plan, TReader reader)
        where TReader : struct, IStripReader
    {
        bool hasReader = typeof(TReader) != typeof(NoReader);
        FilterChecks.Input(input);
        fixed (byte* pixels = &input.Origin)
        {
            FilterChecks.Maps(input, maps, OutputWidth(input.Width), OutputHeight(input.Height), names);
            Target* targets = stackalloc Target[MaxFilters];
            bool haveWholeLines = true;
            for (int m = 0; m < maps.Length; m++)
            {
                targets[m] = maps[m].Target;
                haveWholeLines &= maps[m].HasWholeLines;
            }

            long workBytes = (long)input.Width * input.Height * (1 + maps.Length);
            bool isPast = false;
            if (plan == steps && Streams(maps, workBytes))
            {
                FilterStep[] streamed = streamedSteps ??= FilterPlan.ToPixels(upright, halo, Options, width, stream: true);
                isPast = TakeWholeRows(streamed, input.Width) && StreamTo(streamed, input.Width, targets);
                plan = hasReader ? plan : streamed;
            }

            FilterJob job = JobOf(input, pixels, RowsOfTile(MaxTileRows), plan);
            job.Maps = targets;
            job.MapCount = maps.Length;
            job.OutputBytes = outputBytes;
            job.KeepsPadding = !haveWholeLines;
            job.HasWholeRows = TakeWholeRows(plan, input.Width);
            byte[]? outside = job.HasWholeRows ? OutsideRow(input.Width) : null;
            job.OutsideRow = outside is null ? null : (byte*)Unsafe.AsPointer(ref outside[0]);
            job.Rows = job.HasWholeRows ? Math.Min(TileRows.Whole(workers, isPast), MaxTileRows) : job.Rows;
            job.Edges = RowEdges.Of(input.Width, job.Border, job.Constant);
            if (hasReader)
            {
                var strips = new StripJob<TReader>(job, reader, OutputWidth(input.Width), isPast);
                isPast = strips.IsPast;
                Tiles.Run(ref strips, strips.Tiles, workers);
            }
            else
            {
                Tiles.Run(ref job, job.Tiles, workers);
            }

            LastCallStreamed = isPast;
            GC.KeepAlive(outside);
        }
    }

    // Nobody reads along.
    private readonly struct NoReader : IStripReader
    {
        public void Read(int row, ReadOnlyPlaneView<byte> first, ReadOnlyPlaneView<byte> second)
        {
        }
    }
}
