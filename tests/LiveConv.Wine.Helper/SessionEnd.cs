using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LiveConv.Wine.Helper;

/// <summary>
/// Does to a program what Windows does when its user logs off: its hidden window gets both messages, and the program is ended as soon as it
/// has answered, or five seconds later.
/// </summary>
internal static partial class SessionEnd
{
    private const uint QueryEndSession = 0x11;
    private const uint EndSession = 0x16;
    private const uint MaxMilliseconds = 5000;
    private const nint LogOff = int.MinValue; // ENDSESSION_LOGOFF

    public static int Run(string className)
    {
        nint window = FindWindow(className, null);
        if (window == 0)
        {
            Console.Error.WriteLine($"no window of the class {className}");
            return 1;
        }

        _ = GetWindowThreadProcessId(window, out int id);
        using var process = Process.GetProcessById(id);
        nint isAsked = SendMessageTimeout(window, QueryEndSession, 0, LogOff, 0, MaxMilliseconds, out nint agrees);
        nint hasAnswered = SendMessageTimeout(window, EndSession, 1, LogOff, 0, MaxMilliseconds, out _);
        process.Kill();
        Console.Error.WriteLine($"asked {isAsked != 0}, agrees {agrees}, answered {hasAnswered != 0}");
        return 0;
    }

    [LibraryImport("user32", EntryPoint = "FindWindowW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint FindWindow(string className, string? title);

    [LibraryImport("user32")]
    private static partial uint GetWindowThreadProcessId(nint window, out int process);

    [LibraryImport("user32", EntryPoint = "SendMessageTimeoutW")]
    private static partial nint SendMessageTimeout(
        nint window, uint message, nint first, nint second, uint flags, uint milliseconds, out nint result);
}
