namespace LiveConv.Pipeline;

/// <summary>A recording's file, finished or still being written.</summary>
/// <param name="Path">The file, as an absolute path.</param>
/// <param name="Began">When its first image was captured, in timestamp ticks of the run's clock.</param>
/// <param name="Ended">When it was finished; null while it is being written.</param>
public sealed record RecordedFile(string Path, long Began, long? Ended);

/// <summary>The files that this run has recorded, for display on screens. Thread-safe.</summary>
/// <param name="time">The run's clock.</param>
public sealed class RecordedFiles(TimeProvider time)
{
    private readonly Lock gate = new();
    private volatile RecordedFile[] all = [];

    /// <summary>A file was started or finished. Called on the thread that did so; must not block.</summary>
    public event Action? Changed;

    /// <summary>All files, oldest first.</summary>
    public IReadOnlyList<RecordedFile> All => all;

    /// <summary>Adds a file that was started.</summary>
    /// <param name="path">The file.</param>
    public void Begin(string path)
    {
        lock (gate)
        {
            all = [.. all, new RecordedFile(Path.GetFullPath(path), time.GetTimestamp(), null)];
        }

        Changed?.Invoke();
    }

    /// <summary>Marks a file as finished, complete or not.</summary>
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
