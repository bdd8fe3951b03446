using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// The state that the user can change while the program runs. Every screen, the terminal and the signals call <see cref="Execute"/>; the
/// stages read the state once per frame. Thread-safe.
/// </summary>
public sealed class LiveControls
{
    private readonly Lock gate = new();
    private IReadOnlyList<Preset> presets;
    private Preset preset;
    private bool paused;
    private bool wantsSnapshot;
    private int steps;
    private int recording;
    private int recordings;
    private int version;

    /// <summary>Initializes the controls with these presets.</summary>
    /// <param name="presets">The presets in the order of their keys; at least one.</param>
    /// <param name="first">The preset that is active first.</param>
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

    /// <summary>
    /// Something changed: preset, pause, recording, or a step or snapshot is requested. Called on the thread that changed it; must
    /// not block.
    /// </summary>
    public event Action? Changed;

    /// <summary>The end of the run was requested.</summary>
    public event Action? QuitRequested;

    /// <summary>The preset of the next frame.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Preset Preset
    {
        get => Volatile.Read(ref preset);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            lock (gate)
            {
                Choose(value);
            }

            Changed?.Invoke();
        }
    }

    /// <summary>
    /// All presets in the order of their keys. Replaced as a whole when files change; the active preset is then replaced by the new one of
    /// the same name, and kept when there is none.
    /// </summary>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<Preset> Presets
    {
        get => Volatile.Read(ref presets);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ArgumentOutOfRangeException.ThrowIfZero(value.Count, nameof(value));
            lock (gate)
            {
                presets = value;
                Choose(value.FirstOrDefault(p => p.Id == preset.Id) ?? preset);
            }

            Changed?.Invoke();
        }
    }

    /// <summary>True while paused.</summary>
    public bool IsPaused => Volatile.Read(ref paused);

    /// <summary>True when recording is requested. The record stage resets it when recording fails.</summary>
    public bool IsRecording
    {
        get => Recording != 0;
        set
        {
            lock (gate)
            {
                Record(value);
            }

            Changed?.Invoke();
        }
    }

    /// <summary>
    /// The number of the requested recording, from 1; 0 for none. Two presses of the key between two frames appear as
    /// a new number: the end of one recording and the start of another.
    /// </summary>
    internal int Recording => Volatile.Read(ref recording);

    /// <summary>
    /// Incremented by every change that applies to a held image too: another preset, a recording's end or start, a snapshot.
    /// </summary>
    internal int Version => Volatile.Read(ref version);

    /// <summary>
    /// The number of the frame after which the source delivers none: a recording ends with it. Null while the source goes on.
    /// </summary>
    internal long? LastFrame { get; private set; }

    /// <summary>The source has ended, and its last image stays: a recording ends with that image.</summary>
    /// <param name="lastFrame">The number of the last frame.</param>
    public void EndRecordingAfter(long lastFrame)
    {
        lock (gate)
        {
            LastFrame = lastFrame;
            Interlocked.Increment(ref version);
        }

        Changed?.Invoke();
    }

    /// <summary>Executes a command. Actions that each screen handles itself (statistics, help) do nothing here.</summary>
    /// <param name="command">The command. An index out of range is ignored.</param>
    public void Execute(LiveCommand command)
    {
        if (command.Action == LiveAction.Quit)
        {
            QuitRequested?.Invoke();
            return;
        }

        bool changed;
        lock (gate)
        {
            changed = Apply(command);
        }

        if (changed)
        {
            Changed?.Invoke();
        }
    }

    /// <summary>Ends this recording, because it failed; one that was requested in the meantime continues.</summary>
    internal void EndRecording(int number)
    {
        lock (gate)
        {
            if (number != recording)
            {
                return;
            }

            Record(false);
        }

        Changed?.Invoke();
    }

    /// <summary>Consumes the request for a snapshot, if there is one.</summary>
    internal bool TakeSnapshot() => Interlocked.Exchange(ref wantsSnapshot, false);

    /// <summary>Consumes one requested step, if any.</summary>
    internal bool TakeStep()
    {
        lock (gate)
        {
            bool any = steps > 0;
            steps -= any ? 1 : 0;
            return any;
        }
    }

    private bool Apply(LiveCommand command)
    {
        switch (command.Action)
        {
            case LiveAction.TogglePause:
                (paused, steps) = (!paused, 0);
                return true;
            case LiveAction.Step:
                (paused, steps) = (true, steps + 1);
                return true;
            case LiveAction.ToggleRecord:
                Record(recording == 0);
                return true;
            case LiveAction.Snapshot:
                wantsSnapshot = true;
                Interlocked.Increment(ref version);
                return true;
            case LiveAction.SelectPreset:
                return Select(command.Index);
            case LiveAction.NextPreset:
                return Select((CurrentIndex() + 1) % presets.Count);
            case LiveAction.PreviousPreset:
                return Select((Math.Max(0, CurrentIndex()) + presets.Count - 1) % presets.Count);
            default:
                return false;
        }
    }

    private bool Select(int index)
    {
        bool exists = index >= 0 && index < presets.Count;
        if (exists)
        {
            Choose(presets[index]);
        }

        return exists;
    }

    private void Choose(Preset value)
    {
        preset = value;
        Interlocked.Increment(ref version);
    }

    private void Record(bool wanted)
    {
        if (wanted != (recording != 0))
        {
            recording = wanted ? ++recordings : 0;
            Interlocked.Increment(ref version);
        }
    }

    // By id, because a list that was read again holds other objects; -1 when the preset no longer exists.
    private int CurrentIndex()
    {
        for (int i = 0; i < presets.Count; i++)
        {
            if (presets[i].Id == preset.Id)
            {
                return i;
            }
        }

        return -1;
    }
}
