using System.Runtime.InteropServices;
using System.Text;

namespace LiveConv.App;

/// <summary>What a Windows console must be asked for and every other terminal does by itself.</summary>
internal static partial class WindowsConsole
{
    private const int StandardError = -12;
    private const uint VirtualTerminal = 4; // ENABLE_VIRTUAL_TERMINAL_PROCESSING

    /// <summary>
    /// Writes UTF-8 to the console and to files, instead of the code page of the console's language, which lacks most of the world's
    /// letters; the console's own code page is put back when the process exits.
    /// </summary>
    public static void UseUtf8()
    {
        try
        {
            Encoding before = Console.OutputEncoding;
            if (before.CodePage != Encoding.UTF8.CodePage)
            {
                Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.OutputEncoding = before;
            }
        }
        catch (IOException)
        {
            // No console: then there is no code page either.
        }
    }

    /// <summary>Switches escape codes on for standard error.</summary>
    /// <returns>False when this console has none (before Windows 10), or there is no console.</returns>
    public static bool EnableEscapes()
    {
        nint handle = GetStandardHandle(StandardError);
        return GetMode(handle, out uint mode)
            && ((mode & VirtualTerminal) != 0 || SetMode(handle, mode | VirtualTerminal));
    }

    [LibraryImport("kernel32", EntryPoint = "GetStdHandle")]
    private static partial nint GetStandardHandle(int which);

    [LibraryImport("kernel32", EntryPoint = "GetConsoleMode")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetMode(nint handle, out uint mode);

    [LibraryImport("kernel32", EntryPoint = "SetConsoleMode")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetMode(nint handle, uint mode);
}
