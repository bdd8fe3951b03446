using System.Runtime.InteropServices;

namespace LiveConv.Presets;

/// <summary>The C library's functions for files that .NET has no option for. Linux and macOS.</summary>
internal static partial class NativeFile
{
    public const int WorkingDirectory = -100;
    public const int NoFollowStatus = 0x100;
    public const int EmptyPath = 0x1000;
    public const uint BasicStatus = 0x7FF;
    public const int OpenWriteOnly = 1;

    public static int OpenWithoutTerminal { get; } = OperatingSystem.IsMacOS() ? 0x20000 : 0x100;

    public static int OpenNonBlocking { get; } = OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    public static int OpenCloseOnExec { get; } = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>The flag to follow no link: on Linux one of the few that differ between processors.</summary>
    public static int OpenNoFollow { get; } =
        OperatingSystem.IsMacOS() ? 0x100
        : RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6 or Architecture.Ppc64le
            ? 0x8000
            : 0x20000;

    /// <summary>The error of a path that is a link, where none is followed.</summary>
    public static int TooManyLinks { get; } = OperatingSystem.IsMacOS() ? 62 : 40;

    // Variadic in C; without its third argument it is called alike everywhere.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    // Not ended by a zero.
    [LibraryImport("libc", EntryPoint = "readlink", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ReadLink(string path, Span<byte> target, nint size);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint UserId();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetStatus(int directory, string path, int flags, uint mask, out Status status);

    // The same on every processor, unlike the older struct stat.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct Status
    {
        [FieldOffset(16)]
        public uint Names;

        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(24)]
        public uint Group;

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
