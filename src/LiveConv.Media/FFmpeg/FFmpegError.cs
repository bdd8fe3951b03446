using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>Turns FFmpeg's messages into one that the user can act on.</summary>
internal static partial class FFmpegError
{
    /// <summary>The reason for a file with no video but an attached image, as music has.</summary>
    public const string OnlyCover = "there is no video in it, only a cover image";

    private const string EndsBeforeAnImage = "it ended before an image came: plug it in again, and close other programs that use it";
    private const string EndsEarly = "the file ends too early";

    // Also reported at the ordinary end of a multipart stream.
    private const string InvalidData = "Invalid data found when processing input";
    private static readonly string[] Levels = ["error", "fatal", "panic", "warning"];
    private static readonly string[] Loaders = ["error while loading shared libraries", "Library not loaded", "Symbol not found"];
    private static readonly string[] CutOff =
        ["File ended prematurely", "partial file", "overread", "Truncating packet", "Ran ouf of data", "not enough data", "unexpected end"];

    /// <summary>Explains why an input cannot be read.</summary>
    /// <param name="input">The input that it was to read.</param>
    /// <param name="notes">All its messages.</param>
    /// <returns>The reason; null when no message has one.</returns>
    public static string? Explain(FFmpegInput input, IReadOnlyList<string> notes)
    {
        string[] problems = Nameless(Problems(notes, Levels), input);
        if (HasProblem("Protocol not found") || HasProblem($"Protocol '{Scheme(input)}' not on whitelist"))
        {
            return "addresses of this kind are not supported: use http, https, rtsp, rtmp, srt, udp or rtp, or name a file";
        }

        if (HasProblem("Unsafe file name") || HasProblem("not on whitelist"))
        {
            return "it is a playlist of other files or addresses, which are not followed: name one of them, or --allow-playlists for "
                + "HLS and concat with files beside them";
        }

        if (input.Kind is FFmpegInputKind.Download or FFmpegInputKind.Stream && HasNoHost(input.Address))
        {
            return "the address names no host";
        }

        if (IsEmpty(input))
        {
            return "the file is empty";
        }

        bool isAddress = input.Kind is FFmpegInputKind.Download or FFmpegInputKind.Stream;
        if (isAddress && HttpStatus(problems) is { } refused)
        {
            return refused;
        }

        return FFmpegCauses.Find(problems, input.Kind) switch
        {
            FFmpegCauses.NoVideo when FFmpegReport.Read(notes).Videos.Any(video => video.IsCover) => OnlyCover,
            { } cause => cause,
            null when input.Kind == FFmpegInputKind.Camera && HasOnlyConsequences(notes, input) => EndsBeforeAnImage,
            null => Telling(notes, input) is { } reason
                ? Clean(reason, input) + (input.Kind == FFmpegInputKind.Camera ? FFmpegCauses.CameraHint(reason) : "")
                : null,
        };

        bool HasProblem(string words) => problems.Any(text => text.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Finds damage of an input whose other images, or a part of its image, could be read.</summary>
    /// <param name="input">The input.</param>
    /// <param name="notes">All its messages.</param>
    /// <returns>What is damaged; null when nothing is known to be.</returns>
    public static string? FindDamage(FFmpegInput input, IReadOnlyList<string> notes)
    {
        string[] errors = Nameless(Problems(notes, Levels[..^1]), input);
        string? format = FFmpegReport.Read(notes).Format;
        if (Array.TrueForAll(errors, line => format == "mpjpeg" && line == $": {InvalidData}"))
        {
            // In videos some cameras leave the end mark out of every image; of a progressive image FFmpeg misses one that is there.
            return Problems(notes, Levels).Exists(text => text.Contains("EOI missing", StringComparison.Ordinal))
                && FormatTimes.Of(format).IsImage && !EndsInFull(input, notes) ? EndsEarly : null;
        }

        bool isCut = Array.Exists(errors, line => CutOff.Any(words => line.Contains(words, StringComparison.OrdinalIgnoreCase)));
        return isCut ? EndsEarly : Clean(Telling(notes, input)!, input);
    }

    /// <summary>The most telling of FFmpeg's errors, without the marks of its part and level.</summary>
    /// <param name="notes">All its messages.</param>
    /// <param name="input">Its input, or null.</param>
    /// <returns>
    /// The last error that is no mere consequence of another, or else such a warning, or else the last error; null when there is none.
    /// </returns>
    public static string? Telling(IReadOnlyList<string> notes, FFmpegInput? input = null)
    {
        List<string> errors = Problems(notes, Levels[..^1]);
        return errors.Count == 0 ? null
            : LastTelling(errors, input) ?? LastTelling(Problems(notes, Levels), input) ?? errors[^1];
    }

    /// <summary>What a program that is not FFmpeg yet says: the system that cannot load it, or a script that starts it.</summary>
    /// <param name="notes">All its messages.</param>
    /// <returns>A loader's message, or else the last line, behind a colon; empty when FFmpeg itself speaks, or nobody.</returns>
    public static string Detail(IReadOnlyList<string> notes)
    {
        string[] lines = [.. notes.Select(line => line.Trim()).Where(line => line.Length > 0)];
        bool isFFmpegs = notes.Any(line => FFmpegLevel.Of(line) is not null || FFmpegLogLine.Text(line) is not null);
        return lines.Length == 0 || isFFmpegs ? "" : ": " + (lines.FirstOrDefault(IsLoaders) ?? lines[^1]);

        static bool IsLoaders(string line) => Loaders.Any(words => line.Contains(words, StringComparison.Ordinal));
    }

    /// <summary>The reason for an end without a reason: its exit code, and what else was said.</summary>
    /// <param name="code">The exit code.</param>
    /// <param name="notes">All its messages.</param>
    public static string Ended(int code, IReadOnlyList<string> notes) =>
        string.Create(CultureInfo.InvariantCulture, $"ffmpeg ended with exit code {code}{Detail(notes)}");

    private static bool HasOnlyConsequences(IReadOnlyList<string> notes, FFmpegInput input) =>
        Problems(notes, Levels[..^1]).Count > 0 && LastTelling(Problems(notes, Levels), input) is null;

    // Without the marks of FFmpeg's part and level.
    private static List<string> Problems(IReadOnlyList<string> notes, string[] levels) =>
        [.. notes.Select(FFmpegLevel.Of).OfType<(string Level, string Text)>()
            .Where(line => levels.Contains(line.Level)).Select(line => line.Text.Trim())];

    // The input's name is no message of FFmpeg's, whatever it says.
    private static string[] Nameless(IEnumerable<string> problems, FFmpegInput input) =>
        [.. problems.Select(text => text.Replace(input.Address, "", StringComparison.Ordinal))];

    private const int MaxJpegBytes = 1 << 28;

    private static bool EndsInFull(FFmpegInput input, IReadOnlyList<string> notes)
    {
        const string Scheme = "file:";
        if (input.Kind != FFmpegInputKind.File || !input.Address.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return notes.Any(line => line.Contains("(Progressive)", StringComparison.Ordinal));
        }

        try
        {
            return JpegFrame.HasEnd(PlainFile.ReadAll(input.Address[Scheme.Length..], MaxJpegBytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? LastTelling(List<string> problems, FFmpegInput? input) =>
        FFmpegCauses.WithoutLists(problems)
            .LastOrDefault(text => !FFmpegCauses.IsConsequence(text) && !FFmpegCauses.SaysNothing(text, input?.Address));

    private static string Clean(string reason, FFmpegInput input)
    {
        string text = reason.Replace(input.Address, input.Name, StringComparison.Ordinal);
        text = text.StartsWith(input.Name + ": ", StringComparison.Ordinal) ? text[(input.Name.Length + 2)..] : text;
        return input.Kind is FFmpegInputKind.Download or FFmpegInputKind.Stream ? AddressText.Clean(text, input.Address) : text;
    }

    // FFmpeg names a status in its errors of HTTP ("HTTP error 410 Gone", "Server returned 404 Not Found") and RTSP.
    private static string? HttpStatus(IEnumerable<string> problems)
    {
        string? code = problems.Select(line => Status().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;
        return code switch
        {
            null => null,
            "401" or "407" =>
                $"the server requires a user and a password, or refuses these ({code}): write them before the host, user:password@",
            "403" => "the server does not permit it (403): check the address, the user and the password",
            "404" or "410" => $"the server has nothing at this address ({code}): check the path",
            _ when code[0] == '5' => $"the server has a fault of its own ({code}): try again later",
            _ => $"the server refuses the request ({code}): check the address",
        };
    }

    private static string Scheme(FFmpegInput input) =>
        input.Kind is FFmpegInputKind.Download or FFmpegInputKind.Stream
        ? input.Address[..input.Address.IndexOf(':', StringComparison.Ordinal)]
        : "";

    private static bool HasNoHost(string address)
    {
        int host = address.IndexOf("://", StringComparison.Ordinal) + 3;
        return host == address.Length || address[host] is '/' or '?' or '#';
    }

    private static bool IsEmpty(FFmpegInput input) =>
        input.Kind == FFmpegInputKind.File && input.Address["file:".Length..] is var path && FileIdentity.IsPlain(path)
        && new FileInfo(path) is { Exists: true, Length: 0 };

    [GeneratedRegex(@"(?:HTTP error |Server returned |method \w+ failed: )([45]\d\d)\b")]
    private static partial Regex Status();
}
