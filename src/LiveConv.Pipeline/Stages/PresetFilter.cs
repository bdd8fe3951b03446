using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// Applies presets to the frames of one stream, in their order: keeps the planes between the layers of a stack and leases on the
/// frames that kernels over time still need. Allocates only when preset or frame size change. One thread at a time.
/// </summary>
public sealed class PresetFilter : IDisposable
{
    // A quarter of what the machine, or this process's container, has.
    private static readonly long MaxBytes = Math.Max(64L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
    private const long LargeBytes = 64L << 20;
    private readonly WorkerPool workers;
    private readonly Notices? notices;
    private readonly bool isStrict;
    private readonly FrameHistory history = new();
    private readonly Plane<byte>[][] windows = new Plane<byte>[LayerStack.MaxFrames + 1][];
    private LayerStackRunner? runner;
    private Task? abandoned;
    private Preset? refused;
    private ImageSize refusedSize;

    /// <summary>Initializes a filter.</summary>
    /// <param name="workers">The worker pool. Borrowed.</param>
    /// <param name="notices">Receives a warning when a preset cannot be applied; or null.</param>
    /// <param name="isStrict">True to throw when a preset cannot be applied; else the seed's edges are shown instead.</param>
    /// <exception cref="ArgumentNullException"><paramref name="workers"/> is null.</exception>
    public PresetFilter(WorkerPool workers, Notices? notices = null, bool isStrict = false)
    {
        ArgumentNullException.ThrowIfNull(workers);
        this.workers = workers;
        this.notices = notices;
        this.isStrict = isStrict;
        for (int i = 0; i < windows.Length; i++)
        {
            windows[i] = new Plane<byte>[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        history.Dispose();
    }

    /// <summary>Filters a frame.</summary>
    /// <param name="frame">The image. Takes ownership of the caller's lease, even when this throws.</param>
    /// <param name="preset">The preset of this frame. When it cannot be applied, the seed is, and
    /// <see cref="EdgeMaps.Preset"/> reports so.</param>
    /// <param name="maps">The destination of the two maps. Not yet shared.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LiveConvException">The preset does not fit the image, and the filter is strict.</exception>
    public void Apply(Frame frame, Preset preset, EdgeMaps maps) => TryApply(frame, preset, maps, CancellationToken.None);

    /// <summary>Filters a frame, unless it is cancelled.</summary>
    /// <param name="frame">As for <see cref="Apply(Frame, Preset, EdgeMaps)"/>; may be given again after a cancellation.</param>
    /// <param name="preset">The preset of this frame.</param>
    /// <param name="maps">The destination of the two maps. Not yet shared.</param>
    /// <param name="cancellation">Ends the work within a tile.</param>
    /// <returns>False when it was cancelled; the maps hold the frame and are incomplete.</returns>
    internal bool TryApply(Frame frame, Preset preset, EdgeMaps maps, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(maps);
        maps.Assign(frame, preset);
        maps.ReleaseEarlier();
        ArgumentNullException.ThrowIfNull(preset);
        workers.Cancellation = cancellation;
        try
        {
            maps.Assign(frame, ApplyTo(maps, frame, preset));
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            workers.Cancellation = default;
        }
    }

    private Preset ApplyTo(EdgeMaps maps, Frame frame, Preset preset)
    {
        var size = new ImageSize(frame.Luma.Width, frame.Luma.Height);
        if (preset.Stack is { } stack && TryPrepare(preset, stack, size))
        {
            ApplyStack(maps, frame, preset, stack);
            return preset;
        }

        // The planes of a stack that is no longer shown may be gigabytes.
        Preset pair = preset.Bank is null ? Preset.Seed : preset;
        Release();
        history.Clear();
        maps.Resize(size, size);
        pair.Bank!.Apply(frame.Luma.View, maps.Planes, workers);
        return pair;
    }

    private void ApplyStack(EdgeMaps maps, Frame frame, Preset preset, LayerStack stack)
    {
        history.Add(frame, stack.Frames);
        Plane<byte>[] window = windows[stack.Frames];
        history.Fill(window, preset.Before);
        history.AddEarlierTo(maps);
        ImageSize image = runner!.Image;
        maps.Resize(stack.SizeOf(stack.Vertical.Layer, image), stack.SizeOf(stack.Horizontal.Layer, image));
        runner.Run(window, maps.Vertical, maps.Horizontal, workers);
    }

    private bool TryPrepare(Preset preset, LayerStack stack, ImageSize size)
    {
        if (runner?.Stack == stack && runner.Image == size)
        {
            return true;
        }

        if (refused == preset && refusedSize == size)
        {
            return false;
        }

        Release();
        try
        {
            CheckMemory(stack, size);
            runner = Allocate(stack, size);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or OutOfMemoryException)
        {
            string reason = e is OutOfMemoryException
                ? "there is not enough memory for its maps"
                : e.Message.Split(" (Parameter")[0].Split('\n')[0];
            string message = $"preset {preset.Id} cannot be applied to images of {size}: {reason}";
            if (isStrict)
            {
                throw new LiveConvException(message, e);
            }

            (refused, refusedSize) = (preset, size);
            notices?.Warn($"{message}; the seed's edges are shown");
            return false;
        }
    }

    private static void CheckMemory(LayerStack stack, ImageSize size)
    {
        long bytes = stack.BytesFor(size);
        if (bytes > MaxBytes)
        {
            throw new ArgumentException($"its maps would need {bytes >> 20} MiB; the limit on this machine is {MaxBytes >> 20} MiB");
        }
    }

    // A gigabyte takes a second and more until it is there: on another thread, so that the end of the run and the next preset need not
    // wait for it. One at a time: presets that come faster than memory would otherwise add up.
    private LayerStackRunner Allocate(LayerStack stack, ImageSize size)
    {
        if (OperatingSystem.IsBrowser() || stack.BytesFor(size) < LargeBytes)
        {
            return new LayerStackRunner(stack, size);
        }

        abandoned?.Wait(workers.Cancellation);
        Task<LayerStackRunner> made = Task.Run(() => new LayerStackRunner(stack, size));
        try
        {
            Task.WaitAny([made], workers.Cancellation);
        }
        catch (OperationCanceledException)
        {
            abandoned = made.ContinueWith(
                static late => (late.IsCompletedSuccessfully ? late.Result : null)?.Dispose(), TaskScheduler.Default);
            throw;
        }

        return made.GetAwaiter().GetResult();
    }

    private void Release()
    {
        runner?.Dispose();
        runner = null;
    }
}
