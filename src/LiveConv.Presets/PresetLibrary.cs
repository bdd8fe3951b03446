namespace LiveConv.Presets;

/// <summary>Where preset files are.</summary>
public static class PresetLibrary
{
    /// <summary>The maximum number of files in a folder; the rest is left out, with a warning.</summary>
    public const int MaxFiles = 256;

    /// <summary>The presets that are installed with the program.</summary>
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
