using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>
/// The preset that the program is to use: the name of one in the folders, a file, or the <c>.json</c> of a recording.
/// </summary>
internal static class PresetChoice
{
    /// <summary>Loads the presets, that of the file or recording among them if one was named, and finds the chosen one.</summary>
    /// <exception cref="LiveConvException">The file is refused, or the folder cannot be read.</exception>
    /// <exception cref="UsageException">There is no preset of that name, or a recording holds several.</exception>
    public static (PresetFolders Folders, Preset Chosen) Load(
        string nameOrFile, string? directory, Notices notices, string argument = "--preset")
    {
        Action<string> inform = text => notices.Info(text);
        Action<string> warn = text => notices.Warn(text);
        if (RecordingChoice.Find(nameOrFile) is { } recorded)
        {
            return (new PresetFolders(directory, inform, warn, recorded), recorded);
        }

        string? file = IsFile(nameOrFile) ? nameOrFile : null;
        var folders = new PresetFolders(directory, inform, warn, file);
        return (folders, In(folders.Presets, nameOrFile, argument));
    }

    /// <summary>Finds a preset by its name, or reads a file; problems of other files are reported on standard error.</summary>
    /// <exception cref="LiveConvException">The file is refused, or the folder cannot be read.</exception>
    /// <exception cref="UsageException">There is no preset of that name, or a recording holds several.</exception>
    public static Preset Find(string nameOrFile, string? directory, string argument = "--preset")
    {
        var notices = new Notices();
        notices.Posted += Terminal.Print;
        return Load(nameOrFile, directory, notices, argument).Chosen;
    }

    /// <summary>Whether this names a file, not a preset of the folders.</summary>
    public static bool IsFile(string nameOrFile) => nameOrFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static Preset In(IReadOnlyList<Preset> presets, string nameOrFile, string argument)
    {
        string id = IsFile(nameOrFile) ? Path.GetFileNameWithoutExtension(nameOrFile) : nameOrFile;
        if (presets.FirstOrDefault(preset => preset.Id == id) is { } found)
        {
            return found;
        }

        string[] ids = [.. presets.Select(preset => preset.Id)];
        string likely = Suggestion.For(nameOrFile, ids) is { } near ? $": did you mean {near}?" : "";
        throw new UsageException(
            $"{argument} takes one of {string.Join(", ", ids)}, or a .json file; got \"{nameOrFile}\"{likely}");
    }
}
