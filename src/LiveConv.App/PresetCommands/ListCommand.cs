using System.CommandLine;
using System.Text.Json;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>liveconv preset list</c>: the presets with their keys.</summary>
internal static class ListCommand
{
    private const string Description =
        "List the presets: the key of each, its name for --preset, what it does and shows, where the operator comes from, and its file";

    public static Command Create()
    {
        Option<bool> json = Options.Flag("--json", "Print one JSON array in place of the list");
        Option<bool> names = Options.Flag("--names", "Print the names alone, one a line");
        Option<string?> presets = Options.PresetsFolder();
        var command = new Command("list", Description) { json, names, presets };
        command.SetAction(parsed =>
        {
            var folders = new PresetFolders(parsed.GetValue(presets), inform: null, warn: Terminal.Report);
            IReadOnlyList<PresetListing> all = PresetListing.Of(folders);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(all, PresetsJson.Default.IReadOnlyListPresetListing));
            }
            else
            {
                bool isShort = parsed.GetValue(names);
                foreach (string line in all.SelectMany(preset => isShort ? [preset.Id] : preset.Lines(TerminalWidth.Columns)))
                {
                    Console.Out.WriteLine(TextLine.Of(line));
                }
            }

            return ExitCode.Done;
        });
        return command;
    }
}
