using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LiveConv.Wine.Helper;

/// <summary>
/// Starts a program with standard error in a new console that is not set to understand escape codes, and prints whether it is afterwards.
/// </summary>
internal static partial class ConsoleEscapes
{
    private const int StandardError = -12;
    private const uint ReadWrite = 0xC0000000;
    private const uint Share = 3;
    private const uint OpenExisting = 3;
    private const uint VirtualTerminal = 4;

    public static int Run(string[] command)
    {
        // The stream that was there before.
        TextWriter report = Console.Error;
        report.Flush();
        _ = FreeConsole();
        var inherited = new Attributes { Length = Marshal.SizeOf<Attributes>(), IsInherited = 1 };
        nint console = AllocConsole() == 0 ? -1 : CreateFile("CONOUT$", ReadWrite, Share, inherited, OpenExisting, 0, 0);
        if (console == -1 || !GetMode(console, out uint mode) || !SetMode(console, mode & ~VirtualTerminal))
        {
            report.WriteLine($"no console: {Marshal.GetLastPInvokeError()}");
            return 1;
        }

        _ = GetMode(console, out uint before);
        nint own = GetStandardHandle(StandardError);
        _ = SetStandardHandle(StandardError, console);
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false })!;
        _ = SetStandardHandle(StandardError, own);
        process.WaitForExit();
        _ = GetMode(console, out uint after);
        report.WriteLine($"before {IsOn(before)}, after {IsOn(after)}, code {process.ExitCode}");
        return 0;
    }

    private static bool IsOn(uint mode) => (mode & VirtualTerminal) != 0;

    [LibraryImport("kernel32")]
    private static partial int FreeConsole();

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int AllocConsole();

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint CreateFile(
        string path, uint access, uint share, in Attributes attributes, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "GetConsoleMode", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetMode(nint handle, out uint mode);

    [LibraryImport("kernel32", EntryPoint = "SetConsoleMode", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetMode(nint handle, uint mode);

    [LibraryImport("kernel32", EntryPoint = "GetStdHandle")]
    private static partial nint GetStandardHandle(int which);

    [LibraryImport("kernel32", EntryPoint = "SetStdHandle")]
    private static partial int SetStandardHandle(int which, nint handle);

    /// <summary>SECURITY_ATTRIBUTES.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public int Length;
        public nint Descriptor;
        public int IsInherited;
    }
}
