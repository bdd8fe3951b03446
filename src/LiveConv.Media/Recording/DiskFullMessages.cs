using System.Globalization;

namespace LiveConv.Media;

/// <summary>Why a file could not be written, in words for people.</summary>
internal static class DiskFullMessages
{
    private const int NoSpaceOnUnix = 28;
    private const int QuotaOnLinux = 122;
    private const long RoomOfAFullDisk = 64_000_000;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    /// <summary>Whether the disk has no room. An encoder tells it in words.</summary>
    public static bool IsDiskFull(IOException e) =>
        e.HResult is NoSpaceOnUnix or QuotaOnLinux or DiskFullOnWindows || IsDiskFull(e.Message);

    /// <summary>Whether an encoder's message says that the disk has no room.</summary>
    public static bool IsDiskFull(string message) =>
        message.Contains("No space left", StringComparison.OrdinalIgnoreCase)
        || message.Contains("Disk quota exceeded", StringComparison.OrdinalIgnoreCase);

    /// <summary>The line for a full disk, with the space that is left.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasFrames">Whether images were written into it.</param>
    public static string DiskFull(string path, bool hasFrames) =>
        $"the disk is full{SpaceLeft(path)}: {Path.GetFileName(path)} {(hasFrames && HasContent(path) ? "ends here; what is in it "
        + "plays" : "holds no image")}";

    // What an encoder took is not yet in the file.
    private static bool HasContent(string path)
    {
        try
        {
            return new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path) is { Exists: true, Length: > 0 };
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Nothing when the figure would contradict what just happened: a quota, or a link that leads to another disk.
    private static string SpaceLeft(string path)
    {
        try
        {
            long bytes = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
            return bytes > RoomOfAFullDisk
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture, $" ({bytes / 1e6:0.#} MB left in {Path.GetDirectoryName(Path.GetFullPath(path))})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }
}
