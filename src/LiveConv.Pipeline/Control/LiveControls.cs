namespace LiveConv.Pipeline;

/// <summary>
/// What people can change while the program runs. Every screen, the terminal and the signals call <see cref="Do"/>; the stages
/// read the state once per frame. Thread-safe.
/// </summary>
public sealed class LiveControls : IDisposable
{
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim wake = new(false);
    private IReadOnlyList<Preset> presets;
    private Preset preset;
    private bool paused;
    private bool recording;
    private int steps;
    private int snapshots;
    private int version;

    /// <summary>Starts with these presets.</summary>
    /// <param name="presets">The presets in the order of their keys; at least one.</param>
    /// <param name="first">The one to begin with.</param>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public LiveControls(IReadOnlyList<Preset> presets, Preset first)
    {
        ArgumentNullException.ThrowIfNull(presets);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentOutOfRangeException.ThrowIfZero(presets.Count, nameof(presets));
        this.presets = presets;
        preset = first;
    }

    /// <summary>Something changed: preset, pause, recording. Called on the thread that changed it; must not block.</summary>
    public event Action? Changed;

    /// <summary>Somebody asked for the end of the run.</summary>
    public event Action? QuitAsked;

    /// <summary>The preset of the next frame.</summary>
    public Preset Preset
    {
        get => Volatile.Read(ref preset);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Change(() => preset = value);
        }
    }

    /// <summary>
    /// All presets in the order of their keys. Replaced as a whole when files change; the running preset then becomes the new one of
    /// its name, and stays as it is when there is none.
    /// </summary>
    public IReadOnlyList<Preset> Presets
    {
        get => Volatile.Read(ref presets);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ArgumentOutOfRangeException.ThrowIfZero(value.Count, nameof(value));
            Change(() =>
            {
                presets = value;
                preset = value.FirstOrDefault(p => p.Id == preset.Id) ?? preset;
            });
        }
    }

    /// <summary>The picture is held.</summary>
    public bool IsPaused => Volatile.Read(ref paused);

    /// <summary>A recording is wanted. The record stage sets it back when recording fails.</summary>
    public bool IsRecording
    {
        get => Volatile.Read(ref recording);
        set => Change(() => recording = value);
    }

    /// <summary>Counts the changes, so that a held picture can be filtered again when the preset changed.</summary>
    internal int Version => Volatile.Read(ref version);

    /// <summary>Does what a person asked for. Actions that a screen does for itself (statistics, help) do nothing here.</summary>
    /// <param name="command">What to do. An index without a preset is ignored.</param>
    public void Do(LiveCommand command)
    {
        switch (command.Action)
        {
            case LiveAction.Quit:
                QuitAsked?.Invoke();
                break;
            case LiveAction.TogglePause:
                Change(() => paused = !paused);
                break;
            case LiveAction.Step:
                Change(() => (paused, steps) = (true, steps + 1));
                break;
            case LiveAction.ToggleRecord:
                Change(() => recording = !recording);
                break;
            case LiveAction.Snapshot:
                Interlocked.Increment(ref snapshots);
                wake.Set();
                break;
            case LiveAction.SelectPreset:
                Select(command.Index);
                break;
            case LiveAction.NextPreset:
                Move(+1);
                break;
            case LiveAction.PreviousPreset:
                Move(-1);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => wake.Dispose();

    /// <summary>Takes one wished snapshot, if any.</summary>
    internal bool TakeSnapshot() => Take(ref snapshots);

    /// <summary>Takes one wished step, if any.</summary>
    internal bool TakeStep() => Take(ref steps);

    /// <summary>Whether a snapshot is wished and not taken yet.</summary>
    internal bool WantsSnapshot => Volatile.Read(ref snapshots) > 0;

    /// <summary>Sleeps until something changes or the time is over.</summary>
    internal void WaitForChange(TimeSpan most, CancellationToken stop)
    {
        try
        {
            wake.Wait(most, stop);
        }
        catch (OperationCanceledException)
        {
        }

        wake.Reset();
    }

    private static bool Take(ref int wishes)
    {
        while (true)
        {
            int now = Volatile.Read(ref wishes);
            if (now == 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref wishes, now - 1, now) == now)
            {
                return true;
            }
        }
    }

    private void Select(int index)
    {
        IReadOnlyList<Preset> all = Presets;
        if (index >= 0 && index < all.Count)
        {
            Preset = all[index];
        }
    }

    // [ and ] go round.
    private void Move(int by)
    {
        int count = Presets.Count;
        Select((Math.Max(CurrentIndex(), by < 0 ? 0 : -1) + by + count) % count);
    }

    private int CurrentIndex()
    {
        IReadOnlyList<Preset> all = Presets;
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Id == Preset.Id)
            {
                return i;
            }
        }

        return -1;
    }

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            version++;
        }

        wake.Set();
        Changed?.Invoke();
    }
}
