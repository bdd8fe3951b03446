namespace LiveConv.Presets;

/// <summary>
/// Names that Windows cannot give a file. It refuses some of them only when the file is opened, and takes others for something else: what
/// stands behind a colon is a hidden stream of the file before it, a final dot or blank is dropped, and NUL swallows what is written.
/// </summary>
internal static class WindowsNames
{
    private const string Forbidden = "<>:\"|?*";
    private const string Digits = "0123456789¹²³";

    /// <summary>What is wrong with a path's last name.</summary>
    /// <param name="path">The path, with or without directories.</param>
    /// <returns>The end of a sentence that begins with the name; null when nothing is.</returns>
    public static string? FindFault(string path)
    {
        bool hasDrive = path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':' && (path.Length == 2 || path[2] is '\\' or '/');
        string name = path[(Math.Max(path.LastIndexOfAny(['\\', '/']), hasDrive ? 1 : -1) + 1)..];
        if (name.FirstOrDefault(c => c < ' ' || Forbidden.Contains(c, StringComparison.Ordinal)) is var wrong and not '\0')
        {
            return wrong < ' '
                ? "holds a control character, which no file name may have on Windows"
                : $"holds {wrong}, which no file name may have on Windows";
        }

        if (name.EndsWith('.') || name.EndsWith(' '))
        {
            return "ends with a dot or a blank, which Windows drops";
        }

        string stem = name.Split('.')[0].TrimEnd();
        return IsDevice(stem) ? $"is the device {stem.ToUpperInvariant()} on Windows, whatever its extension" : null;
    }

    private static bool IsDevice(string stem) => stem.ToUpperInvariant() switch
    {
        "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$" => true,
        var name => name.Length == 4 && name[..3] is "COM" or "LPT" && Digits.Contains(name[3], StringComparison.Ordinal),
    };
}
