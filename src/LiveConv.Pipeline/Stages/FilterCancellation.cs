using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// Ends the filtering of an image that nobody waits for any more: the run is to stop, or another preset was chosen. What takes less than
/// <see cref="Grace"/> is finished all the same. Allocates only after a cancellation.
/// </summary>
internal sealed class FilterCancellation : IDisposable
{
    /// <summary>How long filtering may continue: longer than an image of a preset that keeps up with a camera.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    private readonly LiveControls controls;
    private readonly Lock gate = new();
    private readonly CancellationToken stop;
    private readonly CancellationTokenRegistration onStop;
    private CancellationTokenSource source = new();
    private Preset? current;

    /// <summary>Listens to the controls and the stop.</summary>
    public FilterCancellation(LiveControls controls, CancellationToken stop)
    {
        this.controls = controls;
        this.stop = stop;
        controls.Changed += OnChanged;
        onStop = stop.Register(OnStop);
    }

    /// <summary>Starts an image.</summary>
    /// <param name="preset">The preset that it is filtered with.</param>
    /// <returns>Ends its filtering.</returns>
    public CancellationToken Begin(Preset preset)
    {
        lock (gate)
        {
            current = preset;

            // After the stop the time that is left runs on, whatever is filtered in it.
            if (!stop.IsCancellationRequested && !source.TryReset())
            {
                source.Dispose();
                source = new CancellationTokenSource();
            }

            if (controls.Preset != preset)
            {
                source.CancelAfter(Grace);
            }

            return source.Token;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        controls.Changed -= OnChanged;
        onStop.Dispose();
        lock (gate)
        {
            source.Dispose();
        }
    }

    private void OnStop()
    {
        lock (gate)
        {
            source.CancelAfter(Grace);
        }
    }

    private void OnChanged()
    {
        lock (gate)
        {
            if (current is not null && current != controls.Preset && !stop.IsCancellationRequested)
            {
                source.CancelAfter(Grace);
            }
        }
    }
}
