namespace LiveConv.Pipeline;

/// <summary>Loads folders of preset files.</summary>
public static class PresetLibrary
{
    /// <summary>The most files that a folder may hold; the rest is left out and said so.</summary>
    public const int MaxFiles = 256;

    /// <summary>The presets that came with the program.</summary>
    public static string DefaultDirectory { get; } = Path.Combine(AppContext.BaseDirectory, "presets");

    /// <summary>Loads all presets of a folder. A file that is refused is reported, and the others load.</summary>
    /// <param name="directory">A folder of <c>*.json</c> files; null for the one that came with the program.</param>
    /// <param name="notices">Where refusals are told.</param>
    /// <returns>The presets in the order of their hotkeys; <see cref="Preset.Seed"/> is always among them, first unless a file says otherwise.</returns>
    /// <exception cref="LiveConvException">The given folder does not exist or cannot be read.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="notices"/> is null.</exception>
    public static IReadOnlyList<Preset> Load(string? directory, Notices notices)
    {
        ArgumentNullException.ThrowIfNull(notices);
        var presets = new List<Preset>();
        foreach (string file in FilesOf(directory, notices))
        {
            try
            {
                presets.Add(PresetFile.Read(file));
            }
            catch (LiveConvException e)
            {
                notices.Warn($"preset refused: {e.Message}");
            }
        }

        if (presets.TrueForAll(preset => preset.Id != Preset.Seed.Id))
        {
            presets.Insert(0, Preset.Seed);
        }

        return InOrderOfKeys(presets, notices);
    }

    private static List<string> FilesOf(string? directory, Notices notices)
    {
        string folder = directory ?? DefaultDirectory;
        if (!Directory.Exists(folder))
        {
            return directory is null ? [] : throw new LiveConvException($"--presets {folder}: there is no such folder");
        }

        try
        {
            // Names are compared by bytes: the same order on every system.
            List<string> files = [.. Directory.EnumerateFiles(folder, "*.json").Where(IsPreset).Order(StringComparer.Ordinal)];
            if (files.Count > MaxFiles)
            {
                notices.Warn($"{folder} holds {files.Count} presets; only the first {MaxFiles} are loaded");
            }

            return files[..Math.Min(files.Count, MaxFiles)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"the presets in {folder} cannot be read: {e.Message}", e);
        }
    }

    // Hidden files are editors' scratch files.
    private static bool IsPreset(string file) =>
        Path.GetFileName(file) is { } name && name[0] != '.' && !name.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase);

    // Presets with a key stand where the key says; the others fill the gaps in their own order.
    private static List<Preset> InOrderOfKeys(List<Preset> presets, Notices notices)
    {
        var places = new Preset?[9];
        var others = new Queue<Preset>();
        foreach (Preset preset in presets)
        {
            if (preset.Key is { } key && places[key - 1] is { } holder)
            {
                notices.Warn($"key {key} belongs to preset {holder.Id}; {preset.Id}, which asks for it too, takes the next free place");
            }

            if (preset.Key is { } free && places[free - 1] is null)
            {
                places[free - 1] = preset;
            }
            else
            {
                others.Enqueue(preset);
            }
        }

        var ordered = new List<Preset>(presets.Count);
        foreach (Preset? keyed in places)
        {
            if (keyed is not null || others.Count > 0)
            {
                ordered.Add(keyed ?? others.Dequeue());
            }
        }

        ordered.AddRange(others);
        return ordered;
    }
}
