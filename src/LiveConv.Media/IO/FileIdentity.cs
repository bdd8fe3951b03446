using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>Identifies what a path refers to after following links: which file, and whether it is a regular one.</summary>
public static partial class FileIdentity
{
    private const int TypeMask = 0xF000;
    private const int Fifo = 0x1000;
    private const int Disk = 0x6000;
    private const int Regular = 0x8000;
    private const int Socket = 0xC000;
    private const int WorkingDirectory = -100;
    private const uint TypeAndNumber = 0x101;

    /// <summary>Checks whether two paths refer to the same file. Hard links are recognized only on Linux.</summary>
    /// <param name="one">A path; need not exist.</param>
    /// <param name="other">Another.</param>
    /// <returns>True when they do.</returns>
    public static bool AreSame(string one, string other) =>
        Stat(one) is { } first && Stat(other) is { } second
            ? (first.DeviceMajor, first.DeviceMinor, first.Number) == (second.DeviceMajor, second.DeviceMinor, second.Number)
            : string.Equals(
                Resolved(one), Resolved(other), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the path is known to be a regular file, whose reads always return.</summary>
    internal static bool IsPlain(string path) =>
        OperatingSystem.IsWindows() || Stat(path) is { Mode: var mode } && (mode & TypeMask) == Regular;

    /// <summary>True when the path is known to be a named pipe or a socket: opening it waits for the other end.</summary>
    internal static bool IsPipe(string path) => Stat(path) is { Mode: var mode } && (mode & TypeMask) is Fifo or Socket;

    private static string Resolved(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }

    /// <summary>True when the path is known to be a disk itself, not a file on it.</summary>
    internal static bool IsDisk(string path) => Stat(path) is { Mode: var mode } && (mode & TypeMask) == Disk;

    // Null when the path does not exist, and where the system has no such call.
    private static Status? Stat(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return GetStatus(WorkingDirectory, path, 0, TypeAndNumber, out Status status) == 0 ? status : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetStatus(int directory, string path, int flags, uint mask, out Status status);

    // The same on every processor, unlike the older struct stat.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
