using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>The FFmpeg program on this machine: its path, version and encoders.</summary>
internal sealed partial class FFmpegTool
{
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(20);
    private readonly Lazy<string> version;
    private readonly Lazy<string> encoders;

    /// <summary>Uses the program at this path.</summary>
    public FFmpegTool(string path)
    {
        Path = path;
        version = new Lazy<string>(() => Query("-version"));
        encoders = new Lazy<string>(() => Query("-encoders"));
    }

    /// <summary>How to install it on this system.</summary>
    public static string InstallHint { get; } =
        OperatingSystem.IsWindows() ? "winget install Gyan.FFmpeg"
        : OperatingSystem.IsMacOS() ? "brew install ffmpeg"
        : "sudo apt install ffmpeg, or your system's package of that name";

    /// <summary>The absolute path of the program.</summary>
    public string Path { get; }

    /// <summary>
    /// The arguments that keep every frame and its timestamp, for this version. (<c>-vsync</c> was renamed in 5.1 and later removed.)
    /// </summary>
    public string[] KeepTimes =>
        IsBefore(5, 1) ? ["-vsync", "passthrough"] : ["-fps_mode", "passthrough"];

    /// <summary>Finds the program.</summary>
    /// <param name="searchPath">Directories as in the variable PATH; null for PATH itself.</param>
    /// <returns>The program, or null when there is none.</returns>
    public static FFmpegTool? Find(string? searchPath = null) => Executable.Find("ffmpeg", searchPath) is { } path ? new(path) : null;

    /// <summary>Finds the program, or throws.</summary>
    /// <param name="what">What needs it, for the message.</param>
    /// <param name="searchPath">As for <see cref="Find"/>.</param>
    /// <exception cref="LiveConvException">There is none.</exception>
    public static FFmpegTool Require(string what, string? searchPath = null) =>
        Find(searchPath) ?? throw new LiveConvException($"{what} needs ffmpeg, which was not found ({InstallHint})");

    /// <summary>True if it has this encoder.</summary>
    /// <param name="encoder">FFmpeg's name of the encoder.</param>
    public bool HasEncoder(string encoder) =>
        encoders.Value.Split('\n')
        .Any(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var name, ..] && name == encoder);

    private bool IsBefore(int major, int minor)
    {
        // Builds from the repository have no number ("N-113007-g8d24a28d06") and are new.
        Match match = Number().Match(version.Value);
        return match.Success
            && (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
                .CompareTo((major, minor)) < 0;
    }

    private string Query(string question)
    {
        using ChildProcess child = ChildProcess.Start(Path, ["-hide_banner", "-nostdin", question], writes: false);
        using var giveUp = new Timer(static state => ((ChildProcess)state!).Kill(), child, MaxTimeout, Timeout.InfiniteTimeSpan);
        using var reader = new StreamReader(child.Output);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^ffmpeg version n?(\d+)\.(\d+)")]
    private static partial Regex Number();
}
