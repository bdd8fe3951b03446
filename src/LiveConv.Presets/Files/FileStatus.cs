using Microsoft.Win32.SafeHandles;

namespace LiveConv.Presets;

/// <summary>What the system knows of a file: its kind, its owner, who may write it. Known on Linux and macOS.</summary>
/// <param name="Mode">Kind and rights, as <c>stat</c> has them.</param>
/// <param name="Owner">The number of the account that owns it.</param>
/// <param name="Group">The number of its group.</param>
/// <param name="Names">How many names (hard links) it has.</param>
/// <param name="Identity">Equal for two paths that lead to one file.</param>
public readonly record struct FileStatus(
    int Mode, uint Owner, uint Group, uint Names, (uint DeviceMajor, uint DeviceMinor, ulong Number) Identity)
{
    private const int TypeMask = 0xF000;
    private const int Sticky = 0x0200;
    private const int Fifo = 0x1000;
    private const int CharacterDevice = 0x2000;
    private const int Folder = 0x4000;
    private const int Disk = 0x6000;
    private const int Regular = 0x8000;
    private const int Link = 0xA000;
    private const int Socket = 0xC000;

    /// <summary>A regular file, whose reads always return.</summary>
    public bool IsRegular => (Mode & TypeMask) == Regular;

    /// <summary>A named pipe or a socket: opening it waits for the other end.</summary>
    public bool IsPipe => (Mode & TypeMask) is Fifo or Socket;

    /// <summary>A disk itself, not a file on it.</summary>
    public bool IsDisk => (Mode & TypeMask) == Disk;

    /// <summary>A symbolic link.</summary>
    public bool IsLink => (Mode & TypeMask) == Link;

    /// <summary>A device that is read and written byte by byte, such as <c>/dev/null</c>.</summary>
    public bool IsCharacterDevice => (Mode & TypeMask) == CharacterDevice;

    /// <summary>What it is, for people: <c>a named pipe</c>.</summary>
    public string Kind => (Mode & TypeMask) switch
    {
        Fifo => "a named pipe",
        CharacterDevice => "a device",
        Folder => "a directory",
        Disk => "a disk itself",
        Link => "a link",
        Socket => "a socket",
        _ => "a file",
    };

    /// <summary>What a path leads to.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followLink">False for the link itself.</param>
    /// <returns>The status; null when there is nothing, or the system is Windows.</returns>
    public static FileStatus? Of(string path, bool followLink = true) =>
        Get(NativeFile.WorkingDirectory, path, followLink);

    /// <summary>What an open file is.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The status; null when the system is Windows.</returns>
    public static FileStatus? Of(SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        bool isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            return Get((int)file.DangerousGetHandle(), "", followLink: true);
        }
        finally
        {
            if (isHeld)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>Whether an account other than this one and the administrator owns it.</summary>
    public bool IsOfAnother => Owner != 0 && Owner != NativeFile.UserId();

    /// <summary>Whether only its owner may remove or rename a file in this folder.</summary>
    internal bool IsSticky => (Mode & Sticky) != 0;

    /// <summary>Whether accounts other than this one and the administrator may add, remove and rename files in this folder.</summary>
    internal bool IsFolderOfOthers
    {
        get
        {
            const int GroupWrites = 0x10;
            const int OthersWrite = 0x02;
            uint user = NativeFile.UserId();

            // Many systems give each account a group of its own, with the account's number, which may write in that account's folders.
            bool isOwnGroup = Group == user;
            return (Owner != user && Owner != 0) || (Mode & OthersWrite) != 0 || ((Mode & GroupWrites) != 0 && !isOwnGroup && Group != 0);
        }
    }

    private static FileStatus? Get(int descriptor, string path, bool followLink)
    {
        try
        {
            return OperatingSystem.IsLinux() ? OnLinux(descriptor, path, followLink)
                : OperatingSystem.IsMacOS() ? OnMac(descriptor, path, followLink)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    private static FileStatus? OnLinux(int descriptor, string path, bool followLink)
    {
        int flags = (followLink ? 0 : NativeFile.NoFollowStatus) | (path.Length == 0 ? NativeFile.EmptyPath : 0);
        return NativeFile.GetStatus(descriptor, path, flags, NativeFile.BasicStatus, out NativeFile.Status status) == 0
            ? new(status.Mode, status.Owner, status.Group, status.Names, (status.DeviceMajor, status.DeviceMinor, status.Number))
            : null;
    }

    private static FileStatus? OnMac(int descriptor, string path, bool followLink) =>
        NativeFile.GetMacStatus(descriptor, path, followLink, out NativeFile.MacStatus status) == 0
            ? new(status.Mode, status.Owner, status.Group, status.Names, (status.Device, 0, status.Number))
            : null;
}
