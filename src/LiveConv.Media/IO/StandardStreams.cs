using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>
/// Whether the program was started with its standard streams open. A closed one (<c>&lt;&amp;-</c>) has no number of its own: the runtime's
/// next file gets it, so that reading it waits forever, and what is written to it ends in that file.
/// </summary>
public static partial class StandardStreams
{
    private const int GetFlags = 1;
    private const int ClosedOnExec = 1;
    private const int ReadWrite = 2;
    private static readonly bool[] Open = Claim();

    /// <summary>Whether there is a standard input.</summary>
    public static bool IsInputOpen => Open[0];

    /// <summary>Whether there is a standard output.</summary>
    public static bool IsOutputOpen => Open[1];

    /// <summary>Whether there is a standard error.</summary>
    public static bool IsErrorOpen => Open[2];

    // No stream that was handed over is closed on exec; the runtime's own files all are. What is still free is taken, so that no file
    // that is opened later, such as a recording, gets the number of a standard stream.
    private static bool[] Claim()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return [true, true, true];
        }

        int[] flags = [.. Enumerable.Range(0, 3).Select(stream => GetDescriptor(stream, GetFlags))];
        for (int free = flags.Count(flag => flag < 0); free > 0; free--)
        {
            _ = OpenFile("/dev/null", ReadWrite);
        }

        return Array.ConvertAll(flags, flag => flag >= 0 && (flag & ClosedOnExec) == 0);
    }

    // Variadic in C; what is named here is passed in the same registers everywhere.
    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int GetDescriptor(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);
}
