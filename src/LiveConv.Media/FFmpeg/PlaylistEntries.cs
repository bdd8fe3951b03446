using System.Text;
using System.Text.RegularExpressions;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// The files that a local playlist names, as FFmpeg reads them. What FFmpeg might read otherwise is refused: it ends lines at carriage
/// returns and zeros too, cuts long ones, reads lists that may grow again, and knows escapes and more directives.
/// </summary>
internal static partial class PlaylistEntries
{
    // FFmpeg's buffer for a line has 4096 bytes.
    private const int MaxLineBytes = 4000;
    private const string Finished = "#EXT-X-ENDLIST";
    private static readonly string[] OfMediaLists =
        ["#EXTINF", "#EXT-X-TARGETDURATION", "#EXT-X-MEDIA-SEQUENCE", "#EXT-X-PLAYLIST-TYPE", "#EXT-X-MAP", "#EXT-X-BYTERANGE"];

    /// <summary>Reads an HLS list.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="text">The list.</param>
    /// <returns>The files in it; true with them when they are the parts of a video, false when they are lists of such.</returns>
    /// <exception cref="LiveConvException">Something in it has no clear meaning, or it is to be read again.</exception>
    public static (List<string> Files, bool IsMedia) OfHls(string name, string text)
    {
        string[] lines = Lines(name, text);
        bool isFinished = lines.Contains(Finished);
        bool isMedia = isFinished || lines.Any(line => OfMediaLists.Any(tag => line.StartsWith(tag, StringComparison.Ordinal)));
        if (isMedia && !isFinished)
        {
            throw new LiveConvException($"{name} is a playlist without {Finished}, which may change and is read again: it is not followed");
        }

        var files = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.StartsWith(' '))
            {
                throw Unclear(name, i);
            }

            if (line.Length > 0 && line[0] != '#')
            {
                files.Add(line);
            }
            else if (line.StartsWith("#EXT-X-", StringComparison.Ordinal) && line.Contains("URI=", StringComparison.Ordinal))
            {
                Match attributes = Attributes().Match(line);
                files.AddRange(attributes.Success ? attributes.Groups["uri"].Captures.Select(uri => uri.Value) : throw Unclear(name, i));
            }
        }

        return (files, isMedia);
    }

    /// <summary>Reads a list of FFmpeg's concat.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="text">The list.</param>
    /// <returns>The files in it.</returns>
    /// <exception cref="LiveConvException">A line is none of those that are known not to lead elsewhere.</exception>
    public static List<string> OfConcat(string name, string text)
    {
        string[] lines = Lines(name, text);
        var files = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            Match line = ConcatLine().Match(lines[i]);
            if (!line.Success)
            {
                throw Unclear(name, i);
            }

            if (line.Groups["file"] is { Success: true, Value: var file })
            {
                files.Add(file);
            }
        }

        return files;
    }

    // A byte that is no UTF-8 stands for a name other than the one that is looked at.
    private static string[] Lines(string name, string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].EndsWith('\r') && i < lines.Length - 1 ? lines[i][..^1] : lines[i];
            if (line.Any(c => char.IsControl(c) || c == '\uFFFD') || Encoding.UTF8.GetByteCount(line) > MaxLineBytes)
            {
                throw Unclear(name, i);
            }

            lines[i] = line.TrimEnd(' ');
        }

        return lines;
    }

    private static LiveConvException Unclear(string name, int index) =>
        new($"{name} is a playlist with a line that may lead elsewhere, or is unknown: line {index + 1}");

    [GeneratedRegex("""
        ^\#EXT-X-[A-Z0-9-]+:
        (?:(?:URI="(?<uri>[^"\\]*)"|URI=(?<uri>[^",\\\ ]*)|(?!URI=)[A-Z0-9-]+=(?:"[^"\\]*"|[^",\\\ ]*))(?:,\ *(?!$)|$))+$
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Attributes();

    [GeneratedRegex("""
        ^(?:ffconcat\ version\ 1\.0|\#.*|file\ (?:'(?<file>[^'\\]+)'|(?<file>[^'\\\ ]+))
        |(?:duration|inpoint|outpoint)\ -?[0-9:.]+|stream|exact_stream_id\ [0-9a-fA-Fx]+)?$
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex ConcatLine();
}
