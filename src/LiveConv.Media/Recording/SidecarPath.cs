using System.Text;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>The notes that are kept beside every recording.</summary>
public static class SidecarPath
{
    /// <summary>The longest name of a file: in bytes, on Windows in characters.</summary>
    internal const int MaxLength = 255;

    /// <summary>Where the notes of a recording are.</summary>
    /// <param name="recording">The recording's path.</param>
    /// <returns>The path of its <c>.json</c>.</returns>
    public static string PathOf(string recording) => recording + ".json";

    /// <summary>Refuses a recording that cannot have its name, or whose notes' name is longer than file systems take.</summary>
    /// <param name="recording">The recording's path.</param>
    /// <exception cref="LiveConvException">It cannot; the message says why.</exception>
    public static void CheckName(string recording)
    {
        if (PlainFile.FindNameFault(recording) is { } fault)
        {
            throw new LiveConvException($"{recording} {fault}");
        }

        int over = LengthOf(PathOf(recording)) - MaxLength;
        if (over > 0)
        {
            throw new LiveConvException(
                $"{Path.GetFileName(recording)}, with .json behind it for its notes, is {over} byte{(over > 1 ? "s" : "")} longer than the "
                + $"{MaxLength} that a name may have: choose a shorter one");
        }
    }

    /// <summary>How much of <see cref="MaxLength"/> a path's file name takes.</summary>
    internal static int LengthOf(string path) =>
        OperatingSystem.IsWindows() ? Path.GetFileName(path).Length : Encoding.UTF8.GetByteCount(Path.GetFileName(path));
}
