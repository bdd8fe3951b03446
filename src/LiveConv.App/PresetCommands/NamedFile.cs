using System.Text.RegularExpressions;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>Recognizes the name of a file where the text of a kernel was meant.</summary>
internal static partial class NamedFile
{
    private const int HeadLength = 64;
    private const string Takes = "a kernel is given as a text or a .npy file";

    /// <summary>What the name leads to and what to do.</summary>
    /// <param name="text">A text that is no kernel.</param>
    /// <returns>Null when it is no name of a file either.</returns>
    public static string? Describe(string text)
    {
        if (Directory.Exists(text))
        {
            return $"{text} is a folder, and {Takes}";
        }

        if (File.Exists(text))
        {
            return KindOf(text) is { } kind
                ? $"{text} is {kind}, and {Takes}"
                : $"{text} is a file, and {Takes}: its text is given by \"$(cat {text})\"";
        }

        return EndsAsFile().IsMatch(text) ? $"there is no file {text}, and {Takes}" : null;
    }

    private static string? KindOf(string path)
    {
        try
        {
            // Pipes and devices have no length, and reading them may wait forever.
            if (new FileInfo(path).Length == 0)
            {
                return null;
            }

            using FileStream file = PlainFile.OpenRead(path);
            byte[] head = new byte[HeadLength];
            return ForeignFile.KindOf(head.AsSpan(0, file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"^[^\n\[\](){};=]+\.(?:png|jpe?g|gif|bmp|webp|tiff?|p[bgnp]m|pfm|npz|mat|txt|csv|json|py|m|c|h|cpp|mp4|mkv|avi|mov)$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex EndsAsFile();
}
