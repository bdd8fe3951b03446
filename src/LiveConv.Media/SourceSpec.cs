namespace LiveConv.Media;

/// <summary>The parsed value of <c>--source</c>.</summary>
/// <param name="Kind">The kind of source.</param>
/// <param name="Value">The camera's name, the path or the URL; empty for kinds without a value.</param>
public readonly record struct SourceSpec(SourceKind Kind, string Value = "")
{
    /// <summary>A local file that is a playlist is followed to files beside it; else it is refused.</summary>
    public bool AllowsPlaylists { get; init; }

    /// <summary>Where in a file the frames start; null for its start. Only for files that FFmpeg reads.</summary>
    public VideoEntry? Entry { get; init; }

    /// <summary>
    /// The local file that is read, or null. Standard input counts: the shell may have redirected it from a file.
    /// </summary>
    public string? LocalFile => Kind switch
    {
        SourceKind.File => Value,
        SourceKind.StandardInput when !OperatingSystem.IsWindows() => "/dev/stdin",
        _ => null,
    };

    /// <summary>
    /// Parses <c>auto|test|camera[:NAME]|PATH|URL|-</c>. Every text is valid: one that is none of the others is a path.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The source.</returns>
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
                OfPath(file.LocalPath),
            _ when IsAddress(text) => new(SourceKind.Url, text),
            _ => OfPath(text),
        };
    }

    // A link to a camera, such as a rule of udev makes, is the camera.
    private static SourceSpec OfPath(string path) =>
        IsCamera(path) ? new(SourceKind.Camera, path)
        : OperatingSystem.IsLinux() && IsCamera(CameraChoice.Target(path)) ? new(SourceKind.Camera, Path.GetFullPath(path))
        : new(SourceKind.File, path);

    private static bool IsCamera(string path) =>
        path.StartsWith("/dev/video", StringComparison.Ordinal) || path.StartsWith("/dev/v4l/", StringComparison.Ordinal);

    private static bool IsAddress(string text)
    {
        int colon = text.IndexOf("://", StringComparison.Ordinal);
        return colon > 0 && text.Take(colon).All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
    }
}

/// <summary>The kind of a source.</summary>
public enum SourceKind
{
    /// <summary>The default camera, or the test scene when none can be read.</summary>
    Auto,

    /// <summary>The test scene.</summary>
    Test,

    /// <summary>A camera: the default one, or the one with the name.</summary>
    Camera,

    /// <summary>A file.</summary>
    File,

    /// <summary>A URL.</summary>
    Url,

    /// <summary>Y4M from standard input.</summary>
    StandardInput,
}
