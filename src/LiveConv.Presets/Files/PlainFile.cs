using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiveConv.Presets;

/// <summary>
/// Opens files in folders that others may write to, where anybody can put a link, a pipe or a name that is expected. Nothing here waits
/// for the other end of a pipe; a link, and each that it leads to, is followed only when nobody else can have made it; a new file is
/// always new; and what was opened is looked at once more when it is open. Everything that LiveConv opens by a name that it made or found
/// itself is opened here.
/// </summary>
public static class PlainFile
{
    /// <summary>The rights of what is recorded, unless others were chosen: the user's alone.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int NoSuchFile = 2;
    private const int Interrupted = 4;
    private const int NoAccess = 13;

    /// <summary>What is wrong with the name of a file that is to be written: what Windows cannot give a file, or takes for something else.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>The end of a sentence that begins with the path, with what to do; null when nothing is, and on other systems.</returns>
    public static string? FindNameFault(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return OperatingSystem.IsWindows() && WindowsNames.FindFault(path) is { } fault ? $"{fault}: choose another name" : null;
    }

    /// <summary>Opens a regular file to read it. It may be written, replaced or removed meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file; the caller's to dispose.</returns>
    /// <exception cref="IOException">It cannot be opened, or is something else (<see cref="PlainFileException"/>).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream OpenRead(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        FileStream file = Open(path, FileAccess.Read);
        return FileStatus.Of(file.SafeFileHandle) is { IsRegular: false } other ? throw Refusal(file, path, other) : file;
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="max">The most bytes that are read.</param>
    /// <param name="takesPipe">True where a user names the file: a pipe of the user's own is read to its end then.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="IOException">It cannot be read, is something else or too large (<see cref="PlainFileException"/>).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAll(string path, int max, bool takesPipe = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = takesPipe && FileStatus.Of(path) is { IsPipe: true } pipe
            ? OpenPipe(path, pipe, FileAccess.Read)
            : OpenRead(path);
        using var bytes = new MemoryStream(file.CanSeek ? (int)Math.Min(file.Length, max) : 0);
        Span<byte> block = new byte[1 << 16];
        for (int read = file.Read(block); read > 0; read = file.Read(block))
        {
            if (bytes.Length + read > max)
            {
                throw new PlainFileException(path, $"has more than {Size(max)}, which is too large");
            }

            bytes.Write(block[..read]);
        }

        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }

    /// <summary>Makes a file under a name that nothing has, a link neither.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rights">Who may read and write it, exactly; null for what the system gives new files. File systems without rights
    /// keep theirs.</param>
    /// <returns>The empty file, to write and read; the caller's to dispose.</returns>
    /// <exception cref="IOException">It cannot be made, or the name is taken.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static FileStream Create(string path, UnixFileMode? rights = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (OperatingSystem.IsWindows())
        {
            CheckName(path);
            return WindowsFile.Create(path);
        }

        LinkChain chain = LinkChain.Of(path);
        if (chain.IsOfOthers)
        {
            throw NotFollowed(path);
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (rights is not null)
        {
            options.UnixCreateMode = Private;
        }

        var file = new FileStream(path, options);
        SetRights(file, rights);
        return file;
    }

    /// <summary>Opens a file whose content is to be replaced, or makes it. Does not empty it.</summary>
    /// <param name="path">The file; a device such as <c>/dev/null</c> is written to, too.</param>
    /// <param name="rights">Who may read and write it from now on, where that can be changed.</param>
    /// <returns>The file, to write; the caller's to dispose.</returns>
    /// <exception cref="IOException">It cannot be opened, or is something else (<see cref="PlainFileException"/>).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream OpenToReplace(string path, UnixFileMode? rights = null)
    {
        try
        {
            FileStream file = OpenExisting(path);
            SetRights(file, rights);
            return file;
        }
        catch (FileNotFoundException)
        {
            return Create(path, rights);
        }
    }

    /// <summary>Opens a file that is there, to write; changes nothing yet.</summary>
    /// <param name="path">The file or device.</param>
    /// <returns>The file; the caller's to dispose.</returns>
    /// <exception cref="IOException">It cannot be opened, or is something else (<see cref="PlainFileException"/>).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream OpenExisting(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        CheckName(path);
        FileStream file = Open(path, FileAccess.Write);
        FileStatus? status = FileStatus.Of(file.SafeFileHandle);
        if (status is { IsRegular: false, IsCharacterDevice: false } other)
        {
            throw Refusal(file, path, other);
        }

        if (status is { IsRegular: true, Names: > 1 } && OthersMayWriteBeside(path))
        {
            file.Dispose();
            throw new PlainFileException(
                path, "has another name, too, and others may write to its folder: remove it, or choose another name");
        }

        return file;
    }

    /// <summary>Writes a file that the user named, in place of what was there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it holds.</param>
    /// <exception cref="IOException">It cannot be written, or is something else (<see cref="PlainFileException"/>).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        // What a shell passes as an output (/dev/stdout, a pipe that the user made) is written to as it is.
        if (FileStatus.Of(path) is { IsRegular: false } other)
        {
            using FileStream device = OpenPipe(path, other, FileAccess.Write);
            device.Write(content);
            return;
        }

        using FileStream file = OpenToReplace(path);
        file.SetLength(0);
        file.Write(content);
    }

    /// <summary>Whether other accounts may put files beside this one, or beside what it leads to. False where that is unknown.</summary>
    /// <param name="path">The file; need not exist.</param>
    /// <returns>True when they may.</returns>
    /// <exception cref="PlainFileException">It leads through too many links.</exception>
    public static bool OthersMayWriteBeside(string path) =>
        FileStatus.Of(LinkChain.FolderOf(path)) is { IsFolderOfOthers: true }
        || FileStatus.Of(LinkChain.FolderOf(LinkChain.Of(path).Path)) is { IsFolderOfOthers: true };

    private static void CheckName(string path)
    {
        if (FindNameFault(path) is { } fault)
        {
            throw new PlainFileException(path, fault);
        }
    }

    private static FileStream Open(string path, FileAccess access)
    {
        if (OperatingSystem.IsWindows())
        {
            return WindowsFile.Open(path, access);
        }

        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            // O_NOFOLLOW and O_NONBLOCK are no options of .NET.
            var file = new FileStream(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (file.CanSeek)
            {
                return file;
            }

            file.Dispose();
            throw new PlainFileException(path, "is not a regular file");
        }

        // Devices can do things when they are opened: a look before, and one after.
        LinkChain chain = LinkChain.Of(path);
        if (chain.IsOfOthers)
        {
            throw NotFollowed(path);
        }

        if (FileStatus.Of(chain.Path) is { IsRegular: false } other && !(access == FileAccess.Write && other.IsCharacterDevice))
        {
            throw NotPlain(path, other);
        }

        int flags = NativeFile.OpenNonBlocking | NativeFile.OpenCloseOnExec | NativeFile.OpenWithoutTerminal
            | (chain.IsOpenFile ? 0 : NativeFile.OpenNoFollow) | (access == FileAccess.Write ? NativeFile.OpenWriteOnly : 0);
        int descriptor;
        int error;
        do
        {
            descriptor = NativeFile.Open(chain.Path, flags);
            error = Marshal.GetLastPInvokeError();
        }
        while (descriptor < 0 && error == Interrupted);

        return descriptor >= 0
            ? new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0)
            : throw Failure(path, error);
    }

    private static Exception Failure(string path, int error) => error switch
    {
        NoSuchFile => new FileNotFoundException($"Could not find file '{Path.GetFullPath(path)}'.", path),
        NoAccess => new UnauthorizedAccessException($"Access to the path '{Path.GetFullPath(path)}' is denied."),
        _ when error == NativeFile.TooManyLinks => NotFollowed(path),
        _ => new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{Path.GetFullPath(path)}'"),
    };

    // What a shell passes (/dev/stdin, /dev/stdout, a pipe that the user made) is opened as it is.
    private static FileStream OpenPipe(string path, FileStatus pipe, FileAccess access)
    {
        LinkChain chain = LinkChain.Of(path);
        if (chain.IsOfOthers)
        {
            throw NotFollowed(path);
        }

        return pipe.IsPipe && pipe.IsOfAnother && OthersMayWriteBeside(path)
            ? throw new PlainFileException(path, $"is {pipe.Kind} of another account's, not a file")
            : new FileStream(chain.Path, FileMode.Open, access, FileShare.ReadWrite, bufferSize: 0);
    }

    private static string Size(int bytes) => bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes} bytes";

    private static PlainFileException NotFollowed(string path) =>
        new(path, FileStatus.Of(path, followLink: false) is { IsLink: true }
            ? "is a link that others may have made: name the file itself"
            : "is in a folder behind a link that others may have made: name the folder itself");

    private static PlainFileException Refusal(FileStream file, string path, FileStatus other)
    {
        file.Dispose();
        return NotPlain(path, other);
    }

    private static PlainFileException NotPlain(string path, FileStatus other) =>
        new(path, $"is {other.Kind}{(FileStatus.Of(path, followLink: false) is { IsLink: true } ? " behind a link" : "")}, not a file");

    private static void SetRights(FileStream file, UnixFileMode? rights)
    {
        if (rights is not { } those || OperatingSystem.IsWindows() || FileStatus.Of(file.SafeFileHandle) is { IsRegular: false })
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(file.SafeFileHandle, those);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file system without rights, or a file of somebody else's, who decides them.
        }
    }
}
