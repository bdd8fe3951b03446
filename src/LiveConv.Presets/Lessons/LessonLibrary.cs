namespace LiveConv.Presets;

/// <summary>The lessons of the folders, read again when a file there has changed. Thread-safe.</summary>
/// <param name="directory">The folder of the presets; null for the one that came with the program.</param>
/// <param name="warn">
/// Receives a line for each file that is refused, once for as long as it stays so. Called on the thread that reads.
/// </param>
/// <param name="time">The clock.</param>
public sealed class LessonLibrary(string? directory, Action<string> warn, TimeProvider time)
{
    // However often pages ask.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private IReadOnlyList<LessonPlan> lessons = [];
    private HashSet<string> warned = [];
    private string? files;
    private long looked;

    /// <summary>
    /// The lessons as they are now, or were a second ago: the user's own, then the others, each by the names of their files.
    /// </summary>
    /// <returns>A list that does not change.</returns>
    public IReadOnlyList<LessonPlan> Read()
    {
        lock (gate)
        {
            if (files is null || time.GetElapsedTime(looked) >= Pause)
            {
                looked = time.GetTimestamp();
                string now = LessonFolders.Stamp(directory);
                if (now != files)
                {
                    files = now;
                    Load();
                }
            }

            return lessons;
        }
    }

    private void Load()
    {
        HashSet<string> lines = [];
        lessons = LessonFolders.Load(directory, line => lines.Add(line));
        foreach (string line in lines.Except(warned))
        {
            warn(line);
        }

        warned = lines;
    }
}
