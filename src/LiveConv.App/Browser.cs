using System.ComponentModel;
using System.Diagnostics;

namespace LiveConv.App;

/// <summary>Opens the page in the user's browser where there is a desktop.</summary>
internal static class Browser
{
    public static void Open(Uri page)
    {
        if (FindOpener() is not { } opener)
        {
            return;
        }

        try
        {
            string target = HasReadableCommandLines && page.Query.Length > 0 ? EntryFile.Make(page) : page.ToString();
            ProcessStartInfo start = opener.Length == 0
                ? new ProcessStartInfo(target) { UseShellExecute = true }
                : new ProcessStartInfo(opener, [target]) { RedirectStandardOutput = true, RedirectStandardError = true };
            Process.Start(start)?.Dispose();
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            // No browser opener on this desktop, or no folder for the file; the address is printed anyway.
        }
    }

    // On Linux others can read them, too, but the address is of no use to them, and browsers in containers see no temporary files.
    private static bool HasReadableCommandLines => !OperatingSystem.IsLinux() && !OperatingSystem.IsWindows();

    // Empty: the system's shell opens it. Null: no desktop, or only one at the other end of an ssh connection.
    private static string? FindOpener()
    {
        if (!Desktop.IsAvailable || (!OperatingSystem.IsWindows() && Desktop.IsSet("SSH_CONNECTION")))
        {
            return null;
        }

        return OperatingSystem.IsWindows() ? "" : OperatingSystem.IsMacOS() ? "open" : "xdg-open";
    }
}
