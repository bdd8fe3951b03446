using LiveConv.App.Cli;
using LiveConv.Pipeline;

namespace LiveConv.App.PresetCommands;

/// <summary>The preset that a command was told to use.</summary>
internal static class PresetChoice
{
    /// <summary>Finds a preset by its name, or reads a file.</summary>
    /// <exception cref="LiveConvException">The file is refused.</exception>
    /// <exception cref="UsageException">There is no preset of that name.</exception>
    public static Preset Find(string nameOrFile, string? directory)
    {
        if (nameOrFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return PresetFile.Read(nameOrFile);
        }

        var notices = new Notices();
        notices.Posted += notice => Console.Error.WriteLine($"liveconv: {notice.Text}");
        IReadOnlyList<Preset> presets = PresetLibrary.Load(directory, notices);
        return presets.FirstOrDefault(preset => preset.Id == nameOrFile)
            ?? throw new UsageException($"the preset is one of {string.Join(", ", presets.Select(preset => preset.Id))}, or a .json file; got \"{nameOrFile}\"");
    }
}
