namespace LiveConv.App;

/// <summary>What the documentation says of defaults.</summary>
internal static class DefaultsText
{
    /// <summary>The program's own files.</summary>
    public static IReadOnlyList<(string File, string Meaning)> Files { get; } =
    [
        ("~/.config/liveconv/config",
            "Defaults of options, one a line, as in preset = sobel; lines below [process] are for that command alone."),
        ("~/.config/liveconv/presets",
            "Your own presets. On Windows both are in %AppData%\\liveconv, on macOS in ~/Library/Application Support/liveconv."),
    ];

    /// <summary>The environment.</summary>
    public const string Environment =
        "LIVECONV_ and the name of an option of the live run or of process, in capitals and with _ for -, is its default: "
        + "LIVECONV_PRESET=sobel, LIVECONV_MAX_FILTER_TIME=50, LIVECONV_LOSSLESS=true. It comes before the configuration file, "
        + "and an option before both. LIVECONV_CONFIG names another configuration file, or none when it is empty. "
        + "NO_COLOR switches colours off.";
}
