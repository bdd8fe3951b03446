namespace LiveConv.Presets;

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
            string settings =
                Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.IsPathFullyQualified(settings) ? Path.Combine(settings, "liveconv", "presets") : null;
        }
    }
}
