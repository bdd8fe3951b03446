namespace LiveConv.Media;

/// <summary>What <c>--source</c> was given.</summary>
/// <param name="Kind">What kind of source it names.</param>
/// <param name="Value">The camera's name, the path or the address; empty when the kind says it all.</param>
public readonly record struct SourceSpec(SourceKind Kind, string Value = "")
{
    /// <summary>
    /// The file on this machine that is read; null when it is none. Standard input counts: a shell may have opened a file for it.
    /// </summary>
    public string? LocalFile => Kind switch
    {
        SourceKind.File => Value,
        SourceKind.StandardInput when !OperatingSystem.IsWindows() => "/dev/stdin",
        _ => null,
    };

    /// <summary>
    /// Reads <c>auto|test|camera[:NAME]|PATH|URL|-</c>. Everything is some source: a text that is none of the others is a path.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>What it names.</returns>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static SourceSpec Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return text switch
        {
            "auto" => new(SourceKind.Auto),
            "test" => new(SourceKind.Test),
            "-" => new(SourceKind.StandardInput),
            "camera" => new(SourceKind.Camera),
            _ when text.StartsWith("camera:", StringComparison.Ordinal) => new(SourceKind.Camera, text["camera:".Length..]),
            _ when text.StartsWith("file://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out Uri? file) =>
                new(SourceKind.File, file.LocalPath),
            _ when text.StartsWith("/dev/video", StringComparison.Ordinal)
                || text.StartsWith("/dev/v4l/", StringComparison.Ordinal) => new(SourceKind.Camera, text),
            _ when IsAddress(text) => new(SourceKind.Url, text),
            _ => new(SourceKind.File, text),
        };
    }

    private static bool IsAddress(string text)
    {
        int colon = text.IndexOf("://", StringComparison.Ordinal);
        return colon > 0 && text.Take(colon).All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
    }
}

/// <summary>What kind of source a text names.</summary>
public enum SourceKind
{
    /// <summary>The first camera, or the test scene when there is none.</summary>
    Auto,

    /// <summary>The test scene.</summary>
    Test,

    /// <summary>A camera: the first, or the one with the name.</summary>
    Camera,

    /// <summary>A file.</summary>
    File,

    /// <summary>An address on the network.</summary>
    Url,

    /// <summary>Y4M from standard input.</summary>
    StandardInput,
}
