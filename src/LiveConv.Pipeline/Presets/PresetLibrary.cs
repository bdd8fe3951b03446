namespace LiveConv.Pipeline;

/// <summary>Where preset files are.</summary>
public static class PresetLibrary
{
    /// <summary>The most files of a folder; the rest is left out and said so.</summary>
    public const int MaxFiles = 256;

    /// <summary>The presets that came with the program.</summary>
    public static string DefaultDirectory { get; } = Path.Combine(AppContext.BaseDirectory, "presets");

    /// <summary>
    /// The user's own presets: <c>liveconv/presets</c> in <c>$XDG_CONFIG_HOME</c> or <c>~/.config</c> on Linux, in <c>AppData</c> on
    /// Windows. Need not exist. Null for a user without a home.
    /// </summary>
    public static string? UserDirectory
    {
        get
        {
            string settings = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.IsPathFullyQualified(settings) ? Path.Combine(settings, "liveconv", "presets") : null;
        }
    }

    /// <summary>Loads all presets of a folder and the user's own. A file that is refused is reported, and the others load.</summary>
    /// <param name="directory">A folder of <c>*.json</c> files; null for the one that came with the program.</param>
    /// <param name="notices">Where refusals are told.</param>
    /// <returns>The presets in the order of their hotkeys; <see cref="Preset.Seed"/> is always among them, first unless a file says otherwise.</returns>
    /// <exception cref="LiveConvException">The given folder does not exist or cannot be read.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="notices"/> is null.</exception>
    public static IReadOnlyList<Preset> Load(string? directory, Notices notices) => new PresetFolders(directory, notices).Presets;
}
