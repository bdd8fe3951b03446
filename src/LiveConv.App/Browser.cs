using System.ComponentModel;
using System.Diagnostics;

namespace LiveConv.App;

/// <summary>Opens the page in the user's browser where there is a desktop.</summary>
internal static class Browser
{
    /// <summary>Opens the page.</summary>
    /// <param name="page">Its address.</param>
    /// <param name="isRequested">True to try without a desktop too, and to report that there is no browser; null to try where there is a
    /// desktop; false not to try.</param>
    public static void Open(Uri page, bool? isRequested)
    {
        if (isRequested == false || FindOpener(isRequested == true) is not { } opener)
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
            if (isRequested == true)
            {
                Terminal.Report("--open: no browser could be started here; open the address above");
            }
        }
    }

    // On Linux others can read them, too, but the address is of no use to them, and browsers in containers see no temporary files.
    private static bool HasReadableCommandLines => !OperatingSystem.IsLinux() && !OperatingSystem.IsWindows();

    // Empty: the system's shell opens it. Null: no desktop, or only one at the other end of an ssh connection.
    private static string? FindOpener(bool isRequested)
    {
        if (!isRequested && (!Desktop.IsAvailable || (!OperatingSystem.IsWindows() && Desktop.IsSet("SSH_CONNECTION"))))
        {
            return null;
        }

        return OperatingSystem.IsWindows() ? "" : OperatingSystem.IsMacOS() ? "open" : "xdg-open";
    }
}
