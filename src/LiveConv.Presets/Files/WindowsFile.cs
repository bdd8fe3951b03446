using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace LiveConv.Presets;

/// <summary>Opens files on Windows without following links, for which .NET has no option.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsFile
{
    private const uint Read = 0x80000000;
    private const uint Write = 0x40000000;
    private const uint CreateNew = 1;
    private const uint OpenExisting = 3;
    private const uint OpenLinkItself = 0x00200000;
    private const uint Disk = 1;
    private const int TagOfLink = 9;
    private const uint IsReparsePoint = 0x400;
    private const uint SymbolicLink = 0xA000000C;
    private const uint MountPoint = 0xA0000003;

    /// <summary>Makes a file under a name that nothing has, a link neither: one to nothing would be followed without this.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The empty file, to write and read; the caller's to dispose.</returns>
    /// <exception cref="IOException">It cannot be made, or the name is taken.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static FileStream Create(string path)
    {
        SafeFileHandle file = CreateFile(
            Path.GetFullPath(path), Read | Write, FileShare.ReadWrite | FileShare.Delete, 0, CreateNew, OpenLinkItself, 0);
        if (file.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            file.Dispose();
            throw Failure(path, error);
        }

        return new FileStream(file, FileAccess.ReadWrite, bufferSize: 0);
    }

    /// <summary>Opens a file that is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="access">To read or to write.</param>
    /// <returns>The file; the caller's to dispose.</returns>
    /// <exception cref="IOException">It cannot be opened, or is something else (<see cref="PlainFileException"/>).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream Open(string path, FileAccess access)
    {
        SafeFileHandle file = CreateFile(
            Path.GetFullPath(path), access == FileAccess.Write ? Write : Read, FileShare.ReadWrite | FileShare.Delete, 0, OpenExisting,
            OpenLinkItself, 0);
        if (file.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            file.Dispose();
            throw Failure(path, error);
        }

        bool isKnown = GetFileInformationByHandleEx(file, TagOfLink, out AttributeTag tag, Marshal.SizeOf<AttributeTag>());
        bool isReparsePoint = isKnown && (tag.Attributes & IsReparsePoint) != 0;
        if (GetFileType(file) == Disk && !isReparsePoint)
        {
            return new FileStream(file, access, bufferSize: 0);
        }

        using (file)
        {
            // A file whose content is elsewhere, such as one in a cloud's folder.
            return isReparsePoint && tag.Tag is not (SymbolicLink or MountPoint)
                ? Reopen(file, path, access)
                : throw new PlainFileException(path, isReparsePoint ? "is a link: name the file itself" : "is not a regular file");
        }
    }

    /// <summary>Opens an open file once more, with its content; never another one that has its name by now.</summary>
    /// <param name="file">The file, opened as <see cref="Open"/> does. Borrowed.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="access">To read or to write.</param>
    /// <returns>The file; the caller's to dispose.</returns>
    /// <exception cref="IOException">It cannot be opened, or was replaced (<see cref="PlainFileException"/>).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    internal static FileStream Reopen(SafeFileHandle file, string path, FileAccess access)
    {
        SafeFileHandle again = ReOpenFile(
            file, access == FileAccess.Write ? Write : Read, FileShare.ReadWrite | FileShare.Delete, flags: 0);
        if (again.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            again.Dispose();
            throw Failure(path, error);
        }

        // Wine reopens what has the name by now; Windows the file itself.
        if (GetFileType(again) == Disk && IdentityOf(again) is { } identity && identity == IdentityOf(file))
        {
            return new FileStream(again, access, bufferSize: 0);
        }

        again.Dispose();
        throw new PlainFileException(path, "was replaced while it was opened");
    }

    private static (uint Volume, uint High, uint Low)? IdentityOf(SafeFileHandle file) =>
        GetFileInformationByHandle(file, out Information information)
            ? (information.Volume, information.NumberHigh, information.NumberLow)
            : null;

    // The exceptions that .NET throws for these.
    private static Exception Failure(string path, int error) => error switch
    {
        2 or 3 => new FileNotFoundException($"Could not find file '{Path.GetFullPath(path)}'.", path),
        5 => new UnauthorizedAccessException($"Access to the path '{Path.GetFullPath(path)}' is denied."),
        _ => new IOException($"{new Win32Exception(error).Message} : '{Path.GetFullPath(path)}'", unchecked((int)0x80070000) | error),
    };

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(
        string path, uint access, FileShare share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial SafeFileHandle ReOpenFile(SafeFileHandle file, uint access, FileShare share, uint flags);

    [LibraryImport("kernel32")]
    private static partial uint GetFileType(SafeFileHandle file);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandleEx(SafeFileHandle file, int kind, out AttributeTag information, int size);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandle(SafeFileHandle file, out Information information);

    [StructLayout(LayoutKind.Explicit, Size = 52)]
    private struct Information
    {
        [FieldOffset(28)]
        public uint Volume;

        [FieldOffset(44)]
        public uint NumberHigh;

        [FieldOffset(48)]
        public uint NumberLow;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct AttributeTag
    {
        public uint Attributes;
        public uint Tag;
    }
}
