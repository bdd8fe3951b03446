using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>The preset that the program is to use: the name of one in the folders, or a file.</summary>
internal static class PresetChoice
{
    /// <summary>Loads the presets, the file among them if one was named.</summary>
    /// <exception cref="LiveConvException">The file is refused, or the folder cannot be read.</exception>
    public static PresetFolders Load(string nameOrFile, string? directory, Notices notices) =>
        new(directory, notices.Info, notices.Warn, IsFile(nameOrFile) ? nameOrFile : null);

    /// <summary>Finds the preset among those that were loaded.</summary>
    /// <exception cref="UsageException">There is no preset of that name.</exception>
    public static Preset In(IReadOnlyList<Preset> presets, string nameOrFile)
    {
        string id = IsFile(nameOrFile) ? Path.GetFileNameWithoutExtension(nameOrFile) : nameOrFile;
        return presets.FirstOrDefault(preset => preset.Id == id)
            ?? throw new UsageException(
                $"--preset takes one of {string.Join(", ", presets.Select(preset => preset.Id))}, or a .json file; got \"{nameOrFile}\"");
    }

    /// <summary>Finds a preset by its name, or reads a file; problems of other files are reported on standard error.</summary>
    /// <exception cref="LiveConvException">The file is refused, or the folder cannot be read.</exception>
    /// <exception cref="UsageException">There is no preset of that name.</exception>
    public static Preset Find(string nameOrFile, string? directory)
    {
        var notices = new Notices();
        notices.Posted += notice => Console.Error.WriteLine($"liveconv: {notice.Text}");
        return In(Load(nameOrFile, directory, notices).Presets, nameOrFile);
    }

    private static bool IsFile(string nameOrFile) => nameOrFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
