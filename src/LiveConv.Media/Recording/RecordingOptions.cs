using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>What a recording holds of each frame.</summary>
public enum RecordContent
{
    /// <summary>Both maps side by side: vertical edges left, horizontal edges right.</summary>
    Both,

    /// <summary>The map of the vertical edges.</summary>
    Vertical,

    /// <summary>The map of the horizontal edges.</summary>
    Horizontal,

    /// <summary>The image that came from the source.</summary>
    Camera,
}

/// <summary>The form of a recording that goes into a pipe.</summary>
public enum RecordContainer
{
    /// <summary>Uncompressed, at a constant rate; what most programs read from a pipe.</summary>
    Y4m,

    /// <summary>Matroska, uncompressed, with every frame's own time.</summary>
    Mkv,
}

/// <summary>How to record.</summary>
/// <param name="Path">
/// The file. Its ending chooses the format: <c>.mkv</c>, <c>.mp4</c>, <c>.avi</c>, <c>.y4m</c>. It may hold <c>{date}</c>,
/// <c>{time}</c> and <c>{preset}</c>, which are filled in when a recording starts. <c>-</c> is standard output.
/// </param>
public sealed record RecordingOptions(string Path)
{
    /// <summary>The name for recordings that nobody named.</summary>
    public const string DefaultPath = "edges-{date}-{time}-{preset}.mkv";

    /// <summary>The path of standard output.</summary>
    public const string StandardOutput = "-";

    /// <summary>The endings of files that can be recorded, for people.</summary>
    public const string Extensions = ".mkv, .mp4, .avi or .y4m";

    /// <summary>The form of what goes into a pipe; null for that of its ending, or Y4M. Files are what their ending says.</summary>
    public RecordContainer? Container { get; init; }

    /// <summary>Keep every pixel as it is.</summary>
    public bool Lossless { get; init; }

    /// <summary>Repeat and leave out frames to get this constant rate; null keeps every frame and its time.</summary>
    public double? Cfr { get; init; }

    /// <summary>Replace a file of the same name; otherwise that is refused.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Who may read and write the files, their notes too: by default their user alone.</summary>
    public UnixFileMode Rights { get; init; } = PlainFile.Private;

    /// <summary>The file that is read meanwhile, which is never replaced; null when there is none.</summary>
    public string? Source { get; init; }

    /// <summary>What is recorded of each frame.</summary>
    public RecordContent What { get; init; }

    /// <summary>
    /// Nobody watches and nothing is dropped, so a slow encoder has all the time it needs; and a fault ends the recording. Otherwise
    /// it goes on in a new file.
    /// </summary>
    public bool IsOffline { get; init; }

    /// <summary>The source's time at which the file's times start; null for the time of its first frame.</summary>
    public TimeSpan? Zero { get; init; }

    /// <summary>Write the statistics into the image.</summary>
    public bool BurnIn { get; init; }

    /// <summary>Whether a path is standard output or a named pipe, which is written into, without notes.</summary>
    /// <param name="path">The path; need not exist.</param>
    /// <returns>True when it is.</returns>
    public static bool IsPipe(string path) => PipeTarget.Is(path);

    /// <summary>Whether a file's ending is one of <see cref="Extensions"/>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>True when it is.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static bool HasExtension(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string ending = System.IO.Path.GetExtension(path);
        return ending.Length > 0
            && Extensions.Split(", ").SelectMany(part => part.Split(" or ")).Contains(ending, StringComparer.OrdinalIgnoreCase);
    }
}
