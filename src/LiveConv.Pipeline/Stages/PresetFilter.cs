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
    private readonly WorkerPool workers;
    private readonly Notices? notices;
    private readonly bool isStrict;
    private readonly FrameHistory history = new();
    private readonly Plane<byte>[][] windows = new Plane<byte>[LayerStack.MaxFrames + 1][];
    private LayerStackRunner? runner;
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
        runner?.Dispose();
        runner = null;
        history.Dispose();
    }

    /// <summary>Filters a frame.</summary>
    /// <param name="frame">The image. Takes ownership of the caller's lease, even when this throws.</param>
    /// <param name="preset">The preset of this frame. When it cannot be applied, the seed is, and
    /// <see cref="EdgeMaps.Preset"/> reports so.</param>
    /// <param name="maps">The destination of the two maps. Not yet shared.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LiveConvException">The preset does not fit the image, and the filter is strict.</exception>
    public void Apply(Frame frame, Preset preset, EdgeMaps maps)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(maps);
        maps.Assign(frame, preset);
        ArgumentNullException.ThrowIfNull(preset);
        maps.Assign(frame, Apply(frame, preset, maps.Planes));
    }

    private Preset Apply(Frame frame, Preset preset, Plane<byte>?[] maps)
    {
        var size = new ImageSize(frame.Luma.Width, frame.Luma.Height);
        if (preset.Stack is { } stack && TryPrepare(preset, stack, size))
        {
            ApplyStack(frame, preset, stack, maps);
            return preset;
        }

        Preset pair = preset.Bank is null ? Preset.Seed : preset;
        history.Clear();
        PlaneSize.Fit(ref maps[0], size.Width, size.Height);
        PlaneSize.Fit(ref maps[1], size.Width, size.Height);
        pair.Bank!.Apply(frame.Luma.View, maps!, workers);
        return pair;
    }

    private void ApplyStack(Frame frame, Preset preset, LayerStack stack, Plane<byte>?[] maps)
    {
        history.Add(frame, stack.Frames);
        Plane<byte>[] window = windows[stack.Frames];
        history.Fill(window, preset.Before);
        Fit(ref maps[0], stack, stack.Vertical);
        Fit(ref maps[1], stack, stack.Horizontal);
        runner!.Run(window, maps[0]!, maps[1]!, workers);
    }

    private void Fit(ref Plane<byte>? map, LayerStack stack, StackOutput output)
    {
        ImageSize size = stack.SizeOf(output.Layer, runner!.Image);
        PlaneSize.Fit(ref map, size.Width, size.Height);
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

        runner?.Dispose();
        runner = null;
        try
        {
            runner = new LayerStackRunner(stack, size);
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
}
