using System.Text;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>Reads the names of a network's classes: one a line, in the order of its outputs.</summary>
internal static class NetworkLabels
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LiveConvException">It cannot be read, is no text, or has no names.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        byte[] file = ArrayFile.ReadBytes("--labels", path);
        if (file.Length > MaxBytes)
        {
            throw new LiveConvException(
                $"--labels {path}: the file has {file.Length} bytes; labels are a line of text each, {MaxBytes} bytes at most");
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file);
        }
        catch (ArgumentException e)
        {
            throw new LiveConvException($"--labels {path}: the file is no UTF-8 text", e);
        }

        string[] lines = [.. text.TrimStart('\uFEFF').Split('\n').Select(line => TextLine.Of(line.TrimEnd('\r')))];
        lines = lines is [.. var before, ""] ? before : lines;
        return lines.Length > 0
            ? lines
            : throw new LiveConvException($"--labels {path}: the file is empty; it has the name of a class on each line");
    }
}
