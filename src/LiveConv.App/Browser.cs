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
            ProcessStartInfo start = opener.Length == 0
                ? new ProcessStartInfo(page.ToString()) { UseShellExecute = true }
                : new ProcessStartInfo(opener, [page.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
            Process.Start(start)?.Dispose();
        }
        catch (Win32Exception)
        {
            // No browser opener on this desktop; the address is printed anyway.
        }
    }

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
