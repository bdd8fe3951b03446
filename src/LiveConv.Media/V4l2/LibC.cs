using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>
/// The six C library functions for cameras. Constants are those of 64-bit and 32-bit Linux on x86 and ARM; macOS has the same
/// <c>poll</c>.
/// </summary>
internal static unsafe partial class LibC
{
    public const int OpenReadWrite = 2;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;
    public const int ProtectRead = 1;
    public const int MapShared = 1;
    public const short PollIn = 1;

    private const string Library = "libc";

    [StructLayout(LayoutKind.Sequential)]
    public struct PollTarget
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }

    // open and ioctl are variadic in C. On the platforms that .NET runs on under Linux their one extra argument is passed in the
    // same register as a named one would.
    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(VideoHandle device, nuint request, void* argument);

    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, VideoHandle device, nint offset);

    [LibraryImport(Library, EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint length);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollTarget* targets, nuint count, int milliseconds);
}
