using System.Globalization;
using System.Runtime.InteropServices;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>
/// A file that no other run records into meanwhile, under whatever name: the lock is on the file itself (symbolic and hard links lead to
/// it, too), and ends with the process, however that ends. Players and <c>verify</c> read it all the same. On Linux; elsewhere nothing is
/// locked.
/// </summary>
public sealed partial class LockedFile : IDisposable
{
    private const int SetLock = 37;
    private const int TryAgain = 11;
    private const int NoAccess = 13;
    private const short Writing = 1;
    private readonly FileStream stream;
    private readonly bool isDevice;

    private LockedFile(string path, FileStream stream)
    {
        Path = path;
        this.stream = stream;
        isDevice = FileStatus.Of(stream.SafeFileHandle) is { IsRegular: false };
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Refuses a file that another run records into.</summary>
    /// <param name="path">The file; need not exist.</param>
    /// <exception cref="LiveConvException">Another run does; the message says which.</exception>
    public static void ThrowIfHeld(string path)
    {
        if (!OperatingSystem.IsLinux() || !FileIdentity.IsPlain(path))
        {
            return;
        }

        try
        {
            Lock(path, PlainFile.OpenExisting(path)).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be written is another check's.
        }
    }

    /// <summary>Where another process opens this very file: its path, unless others could put something else there meanwhile.</summary>
    internal string Address => OperatingSystem.IsLinux() && PlainFile.OthersMayWriteBeside(Path) && Directory.Exists("/proc/self/fd")
        ? string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{stream.SafeFileHandle.DangerousGetHandle()}")
        : Path;

    /// <summary>Makes a new file, and keeps other runs from it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rights">Who may read and write it.</param>
    /// <exception cref="IOException">It cannot be made, or the name is taken.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    internal static LockedFile Create(string path, UnixFileMode rights) => Lock(path, PlainFile.Create(path, rights));

    /// <summary>Opens or makes a file whose content is to be replaced, and keeps other runs from it. Does not empty it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rights">Who may read and write it.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    /// <exception cref="LiveConvException">Another run records into it.</exception>
    internal static LockedFile Take(string path, UnixFileMode rights) => Lock(path, PlainFile.OpenToReplace(path, rights));

    /// <summary>Opens this very file once more, whatever has its name by now.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal FileStream OpenAgain() => new(Address, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>Empties the file; a device has nothing to empty.</summary>
    internal void Truncate()
    {
        if (!isDevice)
        {
            stream.SetLength(0);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private static LockedFile Lock(string path, FileStream stream)
    {
        var file = new LockedFile(path, stream);
        if (file.TryLock())
        {
            return file;
        }

        file.Dispose();
        string who = NodeUsers.Find("/proc", other => FileIdentity.AreKnownSame(other, path)) ?? "another program";
        throw new LiveConvException($"{path} is being recorded by {who}: choose another name, or end that first");
    }

    // Devices take several runs' images, and file systems without such locks have none to respect.
    private bool TryLock()
    {
        if (isDevice || !OperatingSystem.IsLinux())
        {
            return true;
        }

        var whole = new Range { Kind = Writing };
        return SetDescriptor(stream.SafeFileHandle, SetLock, ref whole) == 0 || Marshal.GetLastPInvokeError() is not (TryAgain or NoAccess);
    }

    // Of the open file, not of the process: another opening of the file in this process does not end it.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int SetDescriptor(SafeHandle file, int command, ref Range whole);

    // struct flock of 64-bit Linux; a length of 0 is the whole file.
    [StructLayout(LayoutKind.Sequential)]
    private struct Range
    {
        public short Kind;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }
}
