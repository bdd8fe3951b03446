using System.Runtime.Versioning;
using LiveConv.Presets;

namespace LiveConv.Wine.Helper;

/// <summary>Opens a file, may give its name to another one, opens the first one again, and prints what that holds, or why not.</summary>
[SupportedOSPlatform("windows")]
internal static class ReopenedFile
{
    /// <summary>Makes a file, and prints whether it did.</summary>
    public static int Create(string path)
    {
        try
        {
            using FileStream made = WindowsFile.Create(path);
            made.Write("new"u8);
            Console.Write("made");
        }
        catch (IOException e)
        {
            Console.Write(e.GetType().Name);
        }

        return 0;
    }

    public static int Run(string path, string? other)
    {
        using FileStream first = WindowsFile.Open(path, FileAccess.Read);
        if (other is not null)
        {
            File.Move(path, path + ".away");
            File.Move(other, path);
        }

        try
        {
            using FileStream again = WindowsFile.Reopen(first.SafeFileHandle, path, FileAccess.Read);
            using var reader = new StreamReader(again);
            Console.Write(reader.ReadToEnd());
        }
        catch (PlainFileException e)
        {
            Console.Write(e.Message);
        }

        return 0;
    }
}
