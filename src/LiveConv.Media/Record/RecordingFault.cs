using System.Globalization;

namespace LiveConv.Media;

/// <summary>Why a file could not be written, in words for people.</summary>
internal static class RecordingFault
{
    private const int NoSpaceOnUnix = 28;
    private const int QuotaOnLinux = 122;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    /// <summary>Whether the disk has no room. An encoder tells it in words.</summary>
    public static bool IsDiskFull(IOException e) =>
        e.HResult is NoSpaceOnUnix or QuotaOnLinux or DiskFullOnWindows
        || e.Message.Contains("No space left", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("Disk quota exceeded", StringComparison.OrdinalIgnoreCase);

    /// <summary>The line for a full disk, with the space that is left.</summary>
    public static string DiskFull(string path) => $"the disk is full ({SpaceLeft(path)}): {Path.GetFileName(path)} ends here; what is in it plays";

    private static string SpaceLeft(string path)
    {
        try
        {
            long bytes = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
            return string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB left in {Path.GetDirectoryName(Path.GetFullPath(path))}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "the space left is not known";
        }
    }
}
