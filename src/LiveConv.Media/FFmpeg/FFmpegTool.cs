using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>The FFmpeg program on this machine: its path, version and encoders.</summary>
internal sealed partial class FFmpegTool
{
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(30);

    // The releases that changed an option of ours, with their libavutil (RELEASE_NOTES and doc/APIchanges of FFmpeg).
    private static readonly ((int Major, int Minor) Version, (int Major, int Minor) Libavutil)[] Releases =
        [((4, 4), (56, 70)), ((5, 1), (57, 28))];

    private readonly CancellationToken stop;
    private readonly Lazy<string> version;
    private readonly Lazy<string> encoders;
    private readonly Lazy<string[]> formats;
    private readonly Lazy<FFmpegAnswer> devices;

    /// <summary>Uses the program at this path.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="stop">Ends every question to it, with an <see cref="OperationCanceledException"/>.</param>
    public FFmpegTool(string path, CancellationToken stop = default)
    {
        this.stop = stop;
        Path = path;
        version = new Lazy<string>(() => Run("-version").Output);
        encoders = new Lazy<string>(() => Table("-encoders"));
        formats = new Lazy<string[]>(() => [.. FormatTable.Demuxers(Table("-demuxers")).Except(LocalPlaylist.Formats)]);
        devices = new Lazy<FFmpegAnswer>(() => Query("-devices"));
    }

    /// <summary>How to install it on this system.</summary>
    public static string InstallHint { get; } =
        OperatingSystem.IsWindows() ? "winget install Gyan.FFmpeg, then open a new terminal"
        : OperatingSystem.IsMacOS() ? "brew install ffmpeg"
        : "sudo apt install ffmpeg, or your system's package of that name";

    /// <summary>The absolute path of the program.</summary>
    public string Path { get; }

    /// <summary>What it is, by the first line of its report: <c>ffmpeg version 5.1.6</c>, without the rest of that line.</summary>
    public string Release => string.Join(' ', version.Value.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(3));

    /// <summary>
    /// The arguments that keep every frame and its timestamp, for this version. (<c>-vsync</c> was renamed in 5.1 and later removed.)
    /// </summary>
    public string[] KeepTimes =>
        IsBefore(5, 1) ? ["-vsync", "passthrough"] : ["-fps_mode", "passthrough"];

    /// <summary>
    /// The arguments that keep every frame's own size when it changes; null before 4.4, which scales all frames to the first one's.
    /// </summary>
    public string[]? KeepSizes => IsBefore(4, 4) ? null : ["-autoscale", "0"];

    /// <summary>Finds the program.</summary>
    /// <param name="searchPath">Directories as in the variable PATH; null for PATH itself.</param>
    /// <param name="stop">As for the constructor.</param>
    /// <returns>The program, or null when there is none.</returns>
    public static FFmpegTool? Find(string? searchPath = null, CancellationToken stop = default) =>
        Executable.Find("ffmpeg", searchPath) is { } path ? new(path, stop) : null;

    /// <summary>Finds the program, or throws.</summary>
    /// <param name="what">What needs it, for the message.</param>
    /// <param name="searchPath">As for <see cref="Find"/>.</param>
    /// <param name="stop">As for the constructor.</param>
    /// <exception cref="LiveConvException">There is none.</exception>
    public static FFmpegTool Require(string what, string? searchPath = null, CancellationToken stop = default) =>
        Find(searchPath, stop) ?? throw new LiveConvException($"{what} needs ffmpeg, which was not found ({InstallHint})");

    /// <summary>True if it has this encoder.</summary>
    /// <param name="encoder">FFmpeg's name of the encoder.</param>
    /// <exception cref="LiveConvException">It does not run; the message says why, and what to do.</exception>
    public bool HasEncoder(string encoder) => Lists(encoders.Value, encoder);

    /// <summary>True if it has this decoder.</summary>
    /// <param name="decoder">FFmpeg's name of the decoder.</param>
    public bool HasDecoder(string decoder) => Lists(Table("-decoders"), decoder);

    /// <summary>
    /// Why it captures nothing through an interface of the system, and what to do about it; null when it does, and when it is too old to
    /// list what it has.
    /// </summary>
    /// <param name="system">FFmpeg's name of the interface.</param>
    public string? CaptureFault(string system)
    {
        FFmpegAnswer answer = devices.Value;
        return FaultOf(answer)
            ?? (FormatTable.IsTable(answer.Output) && !FormatTable.Demuxers(answer.Output).Contains(system)
                ? $"{Path} was built without {system}, through which it would read cameras: install another one ({InstallHint})"
                : null);
    }

    /// <summary>Runs it to its end, or until it is killed.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="timeout">How long it may take.</param>
    public FFmpegAnswer Answer(IEnumerable<string> arguments, TimeSpan timeout) => FFmpegAnswer.Of(Path, arguments, timeout, stop);

    /// <summary>Why a run of it did not end by itself, and what to do about it; null when it did.</summary>
    /// <param name="answer">The run.</param>
    public string? FaultOf(FFmpegAnswer answer) =>
        answer.Fault is { } fault ? ToFix(fault) : null;

    private string ToFix(string fault) => $"{Path} {fault}: check that it runs, or install it anew ({InstallHint})";

    /// <summary>The arguments with which it reads local files as what they are, and no playlists.</summary>
    /// <param name="playlist">A format of playlists that is allowed all the same; empty for none.</param>
    /// <exception cref="LiveConvException">It lists no formats, so that playlists could not be distinguished from videos.</exception>
    public string[] FileFormats(string playlist) => formats.Value.Length == 0
        ? throw new LiveConvException(ToFix("lists no formats that it reads"))
        : ["-format_whitelist", string.Join(',', playlist.Length == 0 ? formats.Value : [.. formats.Value, playlist])];

    private static bool Lists(string table, string coder) => table.Split('\n')
        .Any(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var name, ..] && name == coder);

    private bool IsBefore(int major, int minor) => VersionIn(version.Value) is { } known && known.CompareTo((major, minor)) < 0;

    /// <summary>
    /// The version in the report of <c>-version</c>. Builds from the repository ("N-92722-gf22fcd4483") have no number, but that of
    /// libavutil, which tells which of the releases that matter here they are not older than.
    /// </summary>
    /// <returns>Null when there is neither; 0.0 for a build that is older than all of those.</returns>
    internal static (int Major, int Minor)? VersionIn(string report)
    {
        if (Number().Match(report) is { Success: true } release)
        {
            return PairIn(release);
        }

        if (LibavutilNumber().Match(report) is not { Success: true } library)
        {
            return null;
        }

        (int Major, int Minor) libavutil = PairIn(library);
        return Releases.LastOrDefault(entry => entry.Libavutil.CompareTo(libavutil) <= 0).Version;
    }

    private static (int Major, int Minor) PairIn(Match match) =>
        (Whole(match.Groups[1]), Whole(match.Groups[2]));

    // A build's date is longer than a number.
    private static int Whole(Group digits) =>
        int.TryParse(digits.ValueSpan, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue;

    private string Table(string question)
    {
        FFmpegAnswer answer = Run(question);
        return answer.Output.AsSpan().IsWhiteSpace() ? throw new LiveConvException(ToFix(NoAnswer(question, answer.Notes))) : answer.Output;
    }

    // Of a program that does not run nothing is known, and nothing is to be blamed on what it lacks.
    private FFmpegAnswer Run(string question)
    {
        FFmpegAnswer answer = Query(question);
        return FaultOf(answer) is { } fault ? throw new LiveConvException(fault) : answer;
    }

    private static string NoAnswer(string question, IReadOnlyList<string> notes) => $"does not answer {question}"
        + (FFmpegError.Telling(notes) is { } reason ? $": {reason}" : FFmpegError.Detail(notes));

    private FFmpegAnswer Query(string question) => Answer(["-hide_banner", "-nostdin", question], MaxTimeout);

    [GeneratedRegex(@"^ffmpeg version n?(\d+)\.(\d+)")]
    private static partial Regex Number();

    [GeneratedRegex(@"^libavutil\s+(\d+)\.\s*(\d+)\.", RegexOptions.Multiline)]
    private static partial Regex LibavutilNumber();
}
