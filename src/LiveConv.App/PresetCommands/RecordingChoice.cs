using System.Globalization;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>
/// A preset of a recording: <c>edges.mkv.json</c>, or <c>edges.mkv.json#2</c> for the second where the preset was changed meanwhile.
/// </summary>
internal static class RecordingChoice
{
    // Kernels that are edited while recording make hundreds of presets.
    private const int MaxListed = 8;

    /// <summary>Finds the preset.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <returns>The preset, or null when this names no recording's file.</returns>
    /// <exception cref="LiveConvException">The file is damaged, or does not hold the whole preset.</exception>
    /// <exception cref="UsageException">It holds several presets, or none of this number.</exception>
    public static Preset? Find(string text)
    {
        int sign = text.LastIndexOf('#');
        bool isNumbered = sign >= 0 && PresetChoice.IsFile(text[..sign]);
        string file = isNumbered ? text[..sign] : text;
        if (!PresetChoice.IsFile(file))
        {
            return null;
        }

        if (RecordedPreset.ReadAll(file) is not { } presets)
        {
            return isNumbered ? throw Refusal(text, file) : null;
        }

        if (presets.Count == 0)
        {
            throw new LiveConvException($"{file} holds no preset: nothing was recorded");
        }

        if (!isNumbered)
        {
            return presets.Count == 1 ? presets[0].ToPreset() : throw new UsageException(List(file, presets));
        }

        bool isOne = int.TryParse(text[(sign + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= 1 && number <= presets.Count;
        return isOne ? presets[number - 1].ToPreset() : throw new UsageException($"there is no {text}: {List(file, presets)}");
    }

    private static LiveConvException Refusal(string text, string file) => File.Exists(file)
        ? new UsageException($"{text}: {file} is not the .json of a recording; only those hold presets by number")
        : new LiveConvException($"{file}: there is no such file");

    private static string List(string file, IReadOnlyList<RecordedPreset> presets)
    {
        IEnumerable<string> listed = presets.Take(MaxListed).Select((preset, i) => $"#{i + 1} {preset.Id} from frame {preset.FromFrame}");
        string more = presets.Count > MaxListed ? $" and so on to #{presets.Count}" : "";
        string count = presets.Count == 1 ? "1 preset" : $"{presets.Count} presets, choose one by its number, as in {file}#1";
        return TextLine.Of($"{file} holds {count}: {string.Join(", ", listed)}{more}");
    }
}
