using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LiveConv.Wine.Helper;

/// <summary>
/// Starts a program and does to it what a console does: for each number read from standard input, Windows' own routine for such an
/// event runs in that program (0 Ctrl-C, 1 Ctrl-Break, 2 the console is closed, 5 logging off, 6 shutting down). After the last three
/// Windows ends a program as soon as its handlers have returned, and five seconds after the event at the latest; so does this.
/// </summary>
internal static partial class ConsoleEvents
{
    private const int Close = 2;
    private const uint MaxMilliseconds = 5000;
    private const int EndedByWindows = unchecked((int)0xC000013A); // STATUS_CONTROL_C_EXIT

    public static int Run(string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        })!;
        var events = new Thread(() => Forward(process)) { IsBackground = true };
        events.Start();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Forward(Process process)
    {
        nint routine = NativeLibrary.GetExport(NativeLibrary.Load("kernelbase"), "CtrlRoutine");
        while (Console.ReadLine() is { } line)
        {
            int number = int.Parse(line);
            nint thread = CreateRemoteThread(process.Handle, 0, 0, routine, number, 0, 0);
            if (thread == 0)
            {
                throw new InvalidOperationException($"no thread in the program: {Marshal.GetLastPInvokeError()}");
            }

            if (number >= Close)
            {
                _ = WaitForSingleObject(thread, MaxMilliseconds);
                _ = TerminateProcess(process.Handle, unchecked((uint)EndedByWindows));
            }
        }
    }

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial nint CreateRemoteThread(
        nint process, nint attributes, nuint stack, nint routine, nint argument, uint flags, nint id);

    [LibraryImport("kernel32")]
    private static partial uint WaitForSingleObject(nint handle, uint milliseconds);

    [LibraryImport("kernel32")]
    private static partial int TerminateProcess(nint process, uint code);
}
