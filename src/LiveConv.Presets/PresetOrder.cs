namespace LiveConv.Presets;

/// <summary>Assigns presets to hotkeys.</summary>
public static class PresetOrder
{
    private const int Keys = 9;

    /// <summary>Presets with a key take its place; the others fill the gaps in their own order.</summary>
    /// <param name="presets">The presets, each with its folder: the first takes the key that two ask for.</param>
    /// <param name="warn">Receives a line when two presets of one folder ask for one key.</param>
    /// <returns>The presets in the order of their keys.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IReadOnlyList<Preset> ByKeys(IReadOnlyList<(Preset Preset, int Folder)> presets, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(presets);
        ArgumentNullException.ThrowIfNull(warn);
        var places = new (Preset Preset, int Folder)?[Keys];
        var others = new Queue<Preset>();
        foreach ((Preset preset, int folder) in presets)
        {
            if (preset.Key is not { } key)
            {
                others.Enqueue(preset);
            }
            else if (places[key - 1] is not { } holder)
            {
                places[key - 1] = (preset, folder);
            }
            else
            {
                others.Enqueue(preset);
                if (holder.Folder == folder)
                {
                    warn($"key {key} belongs to preset {holder.Preset.Id}; {preset.Id}, which asks for it too, takes the next free place");
                }
            }
        }

        var ordered = new List<Preset>(presets.Count);
        foreach ((Preset Preset, int Folder)? keyed in places)
        {
            if (keyed is not null || others.Count > 0)
            {
                ordered.Add(keyed?.Preset ?? others.Dequeue());
            }
        }

        ordered.AddRange(others);
        return ordered;
    }
}
