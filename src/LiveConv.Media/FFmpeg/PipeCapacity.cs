using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>
/// Makes a pipe wide enough for large images: raw ones are megabytes, and through 64 KiB the two processes would have to take
/// turns dozens of times for each. Never wider than an image, so that no old ones queue up in it.
/// </summary>
internal static partial class PipeCapacity
{
    private const int SetPipeSize = 1031;
    private const int Usual = 1 << 16;
    private const int MaxForEverybody = 1 << 20;

    /// <summary>Widens a stream's pipe, if it is one and that is possible here.</summary>
    /// <param name="stream">One end of it.</param>
    /// <param name="imageBytes">How large an image is.</param>
    public static void Grow(Stream stream, long imageBytes)
    {
        int size = (int)Math.Min(imageBytes / 2, MaxForEverybody);
        if (OperatingSystem.IsLinux() && size > Usual && stream is PipeStream pipe)
        {
            // A refusal changes nothing.
            _ = Control(pipe.SafePipeHandle, SetPipeSize, size);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeHandle file, int command, int value);
}
