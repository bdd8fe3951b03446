namespace LiveConv.Pipeline;

/// <summary>A file that a recording wrote or is writing.</summary>
/// <param name="Path">The file, as an absolute path.</param>
/// <param name="Began">When its first image was taken, in timestamp ticks of the run's clock.</param>
/// <param name="Ended">When it was finished; null while it is written.</param>
public sealed record RecordedFile(string Path, long Began, long? Ended);

/// <summary>The files that this run recorded, for the screens. Thread-safe.</summary>
/// <param name="time">The run's clock.</param>
public sealed class RecordedFiles(TimeProvider time)
{
    private readonly Lock gate = new();
    private volatile RecordedFile[] all = [];

    /// <summary>A file was begun or finished. Called on the thread that did it; must not block.</summary>
    public event Action? Changed;

    /// <summary>All files, oldest first.</summary>
    public IReadOnlyList<RecordedFile> All => all;

    /// <summary>A file was begun.</summary>
    /// <param name="path">The file.</param>
    public void Begin(string path)
    {
        lock (gate)
        {
            all = [.. all, new RecordedFile(Path.GetFullPath(path), time.GetTimestamp(), null)];
        }

        Changed?.Invoke();
    }

    /// <summary>A file is finished, whole or not.</summary>
    /// <param name="path">The file.</param>
    public void End(string path)
    {
        string full = Path.GetFullPath(path);
        lock (gate)
        {
            all = Array.ConvertAll(all, file => file.Path == full && file.Ended is null ? file with { Ended = time.GetTimestamp() } : file);
        }

        Changed?.Invoke();
    }
}
