namespace LiveConv.Presets;

/// <summary>The lessons of the folders <c>lessons</c> in those of the presets: the shipped ones, and the user's own.</summary>
public static class LessonFolders
{
    private const string Name = "lessons";
    private const int MaxLessons = 64;
    private const int MaxFiles = 512;

    /// <summary>Loads all lessons with their translations. A file that is refused is reported, and the others load.</summary>
    /// <param name="directory">The folder of the presets; null for the one that came with the program.</param>
    /// <param name="warn">Receives a line for each file that is refused.</param>
    /// <returns>The user's own lessons, then the others, each by the names of their files.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="warn"/> is null.</exception>
    public static IReadOnlyList<LessonPlan> Load(string? directory, Action<string> warn) =>
        Load(Folders(directory), warn);

    /// <summary>What changes when a file of the folders does.</summary>
    /// <param name="directory">As for <see cref="Load(string?, Action{string})"/>.</param>
    internal static string Stamp(string? directory) => string.Join('\n', Folders(directory)
        .OfType<string>()
        .SelectMany(folder => FilesIn(Path.Combine(folder, Name), static _ => { }))
        .Select(file => new FileInfo(file))
        .Select(file => file.Exists ? $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}" : file.FullName));

    private static string?[] Folders(string? directory) => [PresetLibrary.UserDirectory, directory ?? PresetLibrary.DefaultDirectory];

    /// <summary>Loads the lessons of several folders of presets, earlier ones first. Of those with one name the first counts.</summary>
    internal static IReadOnlyList<LessonPlan> Load(IEnumerable<string?> folders, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(warn);
        var lessons = new List<LessonPlan>();
        foreach (string folder in folders.OfType<string>().Select(folder => Path.Combine(folder, Name)))
        {
            string[] files = FilesIn(folder, warn);
            foreach (string file in files.Where(IsLesson))
            {
                if (TryRead(() => LessonFile.Read(file), warn) is { } lesson && lessons.TrueForAll(other => other.Id != lesson.Id))
                {
                    lessons.Add(lesson with { Translations = TranslationsOf(lesson, files, warn) });
                }
            }
        }

        if (lessons.Count > MaxLessons)
        {
            warn($"there are {lessons.Count} lessons; only the first {MaxLessons} are listed");
        }

        return [.. lessons.Take(MaxLessons)];
    }

    private static string[] FilesIn(string folder, Action<string> warn)
    {
        try
        {
            // Names are compared by bytes: the same order on every system.
            return !Directory.Exists(folder) ? []
                : [.. Directory.EnumerateFiles(folder, "*.json").Where(IsOurs).Order(StringComparer.Ordinal).Take(MaxFiles)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn($"the lessons in {folder} cannot be read: {e.Message}");
            return [];
        }
    }

    // Hidden files are editors' scratch files.
    private static bool IsOurs(string path) =>
        Path.GetFileName(path)[0] != '.' && !path.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase);

    private static bool IsLesson(string path) => !Path.GetFileNameWithoutExtension(path).Contains('.', StringComparison.Ordinal);

    private static List<LessonTexts> TranslationsOf(LessonPlan lesson, string[] files, Action<string> warn) =>
    [
        .. files.Where(file => IsTranslationOf(lesson, file))
            .Select(file => TryRead(() => LessonFile.ReadTexts(file, lesson), warn))
            .OfType<LessonTexts>(),
    ];

    private static bool IsTranslationOf(LessonPlan lesson, string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        return name.StartsWith(lesson.Id + ".", StringComparison.Ordinal) && LessonChecks.IsLanguage(name[(lesson.Id.Length + 1)..]);
    }

    private static T? TryRead<T>(Func<T> read, Action<string> warn)
        where T : class
    {
        try
        {
            return read();
        }
        catch (LiveConvException e)
        {
            warn($"lesson refused: {e.Message}");
            return null;
        }
    }
}
