using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>What was edited on pages, kept until it is thrown away. Thread-safe.</summary>
internal sealed class PresetEdits
{
    /// <summary>How many are kept; one more takes the place of the oldest.</summary>
    public const int Max = 24;

    private const string Prefix = "edited-";
    private readonly Lock gate = new();
    private IReadOnlyList<PresetEdit> all = [];
    private int made;

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyList<PresetEdit> All => Volatile.Read(ref all);

    /// <summary>Whether a preset is one of them.</summary>
    public bool Holds(Preset preset) => All.Any(edit => edit.Preset == preset);

    /// <summary>The edit with this id, or null.</summary>
    public Preset? Find(string id) => All.FirstOrDefault(edit => edit.Preset.Id == id)?.Preset;

    /// <summary>Keeps an edit: one of the same name as the edit that runs takes its place, any other is a new one.</summary>
    /// <param name="running">The preset that runs.</param>
    /// <param name="name">The edit's name.</param>
    /// <param name="make">Makes the preset, given its id.</param>
    /// <returns>The preset.</returns>
    public Preset Keep(Preset running, string name, Func<string, Preset> make)
    {
        lock (gate)
        {
            PresetEdit? before = all.FirstOrDefault(edit => edit.Preset == running);
            bool goesOn = before?.Preset.Name == name;
            Preset edited = make(goesOn ? running.Id : $"{Prefix}{++made}");
            IEnumerable<PresetEdit> kept = goesOn
                ? all.Select(edit => edit == before ? edit with { Preset = edited } : edit)
                : all.Append(new PresetEdit(edited, before?.From ?? running.Id)).TakeLast(Max);
            Volatile.Write(ref all, [.. kept]);
            return edited;
        }
    }

    /// <summary>Throws an edit away.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The edit, or null when there is none of this id.</returns>
    public PresetEdit? Discard(string id)
    {
        lock (gate)
        {
            PresetEdit? found = all.FirstOrDefault(edit => edit.Preset.Id == id);
            Volatile.Write(ref all, [.. all.Where(edit => edit != found)]);
            return found;
        }
    }
}

/// <summary>An edit.</summary>
/// <param name="Preset">What it is now.</param>
/// <param name="From">The id of the preset that it was made from.</param>
internal sealed record PresetEdit(Preset Preset, string From);
