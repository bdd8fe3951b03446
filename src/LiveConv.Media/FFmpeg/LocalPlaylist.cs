using System.Text;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>
/// Local files that name others, whatever they are called: HLS, DASH, FFmpeg's concat, SDP. They are no videos, and could lead anywhere:
/// FFmpeg is not let open them, unless playlists are allowed and all that they name lies beside them.
/// </summary>
internal static class LocalPlaylist
{
    /// <summary>FFmpeg's formats that open other files or addresses, or run programs.</summary>
    public static readonly string[] Formats =
    [
        "hls", "applehttp", "dash", "webm_dash_manifest", "concat", "concatf", "imf", "sdp", "rtsp", "rtp", "sap", "lavfi", "avisynth",
        "vapoursynth", "tee",
    ];

    private const int MaxFiles = 10_000;
    private const int MaxDepth = 3;
    private const int MaxBytes = 1 << 20;
    private const string Hls = "hls";
    private const string Concat = "concat";

    /// <summary>The format that FFmpeg may open this file as, beside those of videos.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The format; empty for a file that is no playlist, or none that is kept to its folder.</returns>
    /// <exception cref="LiveConvException">The playlist leads out of its folder.</exception>
    public static string FormatOf(string path)
    {
        if (Read(path) is not { } text || Recognize(text) is not { Length: > 0 } format)
        {
            return "";
        }

        int files = 0;
        Check(path, text, Path.GetDirectoryName(Path.GetFullPath(path))!, 0, ref files);
        return format;
    }

    private static string Recognize(string text) =>
        text.StartsWith("#EXTM3U", StringComparison.Ordinal) ? Hls
        : text.StartsWith("ffconcat version", StringComparison.Ordinal) ? Concat
        : "";

    private static void Check(string playlist, string text, string folder, int depth, ref int files)
    {
        string name = Path.GetFileName(playlist);
        (List<string> entries, bool areVideos) = Recognize(text) == Hls
            ? PlaylistEntries.OfHls(name, text) : (PlaylistEntries.OfConcat(name, text), false);
        foreach (string entry in entries)
        {
            bool isBeside = entry.Length > 0 && !entry.Contains(':', StringComparison.Ordinal) && entry[0] is not ('/' or '\\')
                && !entry.Split('/', '\\').Contains("..");
            string file = Path.Combine(folder, entry);
            if (!isBeside || !FileIdentity.IsPlain(file) || HasLink(folder, entry))
            {
                throw new LiveConvException(
                    $"{name} is a playlist, and leads to {entry}: only files in its own folder are followed, no links");
            }

            if (++files > MaxFiles)
            {
                throw new LiveConvException($"{name} is a playlist of more than {MaxFiles} files");
            }

            if (Read(file) is { } inner && Recognize(inner).Length > 0)
            {
                if (depth == MaxDepth || Recognize(inner) != Hls)
                {
                    throw OfPlaylists(name);
                }

                // FFmpeg would read the parts of a video as one list, joined.
                Check(file, inner, Path.GetDirectoryName(file)!, depth + 1, ref files);
                if (areVideos)
                {
                    throw OfPlaylists(name);
                }
            }
        }
    }

    private static LiveConvException OfPlaylists(string name) => new($"{name} is a playlist of playlists: name one of them");

    private static bool HasLink(string folder, string entry)
    {
        string path = folder;
        foreach (string part in entry.Split('/', '\\'))
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    // Null for a file that is larger than any playlist, or has no text at its start.
    private static string? Read(string path)
    {
        try
        {
            using FileStream file = PlainFile.OpenRead(path);
            byte[] bytes = new byte[Math.Min(file.Length, MaxBytes)];
            string text = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            return file.Length <= MaxBytes || Recognize(text).Length == 0
                ? text
                : throw new LiveConvException($"{Path.GetFileName(path)} is a playlist of more than a megabyte");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
