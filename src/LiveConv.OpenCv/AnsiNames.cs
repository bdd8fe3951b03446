using System.Text;

namespace LiveConv.OpenCv;

/// <summary>
/// OpenCV gets names of files on Windows in the process's code page. The program's manifest asks for UTF-8, which has all letters; before
/// Windows 10 1903 it is the system's, which lacks most: such a file would not be found, or be written under another name.
/// </summary>
internal static class AnsiNames
{
    /// <summary>Why OpenCV cannot open a file of this name; null when it can.</summary>
    /// <param name="path">The path.</param>
    public static string? FindFault(string path) =>
        OperatingSystem.IsWindows() ? FindFault(path, CodePagesEncodingProvider.Instance.GetEncoding(0) ?? Encoding.UTF8) : null;

    /// <summary>The same, for a code page.</summary>
    /// <param name="path">The path.</param>
    /// <param name="codePage">The code page.</param>
    internal static string? FindFault(string path, Encoding codePage) =>
        codePage.GetString(codePage.GetBytes(path)) == path
            ? null
            : "before Windows 10 1903 OpenCV cannot open names with letters outside of the system's code page: rename it, or install "
            + "ffmpeg and name the file without opencv:";
}
