using System.Runtime.InteropServices;

namespace LiveConv.App;

/// <summary>The C library's heap, where images lie.</summary>
internal static partial class NativeHeap
{
    // Of glibc's mallopt.
    private const int MmapThreshold = -3;
    private const int LargeBlock = 1 << 20;

    /// <summary>
    /// Makes blocks of a megabyte and more go back to the system when they are freed. glibc otherwise keeps blocks of up to 32 MiB: after a
    /// preset with large planes a gigabyte stayed.
    /// </summary>
    public static void ReturnLargeBlocks()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MmapThreshold, LargeBlock);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, which returns them by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
