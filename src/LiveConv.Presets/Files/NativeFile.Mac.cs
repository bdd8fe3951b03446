using System.Runtime.InteropServices;

namespace LiveConv.Presets;

/// <summary>What macOS has in place of Linux's <c>statx</c>.</summary>
internal static partial class NativeFile
{
    private const int MacWorkingDirectory = -2;
    private const int MacNoFollow = 0x20;

    /// <summary>The status of a path, or of an open file.</summary>
    /// <param name="descriptor">The open file; ignored for a path.</param>
    /// <param name="path">The path; empty for an open file.</param>
    /// <param name="followLink">False for a link itself.</param>
    /// <param name="status">The status.</param>
    /// <returns>Zero when there is one.</returns>
    public static int GetMacStatus(int descriptor, string path, bool followLink, out MacStatus status)
    {
        int flags = followLink ? 0 : MacNoFollow;

        // On Intel the plain names are those of an older structure.
        bool isPlain = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        return path.Length > 0
            ? isPlain
                ? PathStatus(MacWorkingDirectory, path, out status, flags)
                : IntelPathStatus(MacWorkingDirectory, path, out status, flags)
            : isPlain ? OpenStatus(descriptor, out status) : IntelOpenStatus(descriptor, out status);
    }

    [LibraryImport("libc", EntryPoint = "fstatat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PathStatus(int folder, string path, out MacStatus status, int flags);

    [LibraryImport("libc", EntryPoint = "fstatat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int IntelPathStatus(int folder, string path, out MacStatus status, int flags);

    [LibraryImport("libc", EntryPoint = "fstat")]
    private static partial int OpenStatus(int descriptor, out MacStatus status);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64")]
    private static partial int IntelOpenStatus(int descriptor, out MacStatus status);

    [StructLayout(LayoutKind.Explicit, Size = 144)]
    public struct MacStatus
    {
        [FieldOffset(0)]
        public uint Device;

        [FieldOffset(4)]
        public ushort Mode;

        [FieldOffset(6)]
        public ushort Names;

        [FieldOffset(8)]
        public ulong Number;

        [FieldOffset(16)]
        public uint Owner;

        [FieldOffset(20)]
        public uint Group;
    }
}
