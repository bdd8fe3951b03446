using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>
/// Enlarges a pipe's buffer for large images: raw ones are megabytes, and through 64 KiB the two processes would have to take
/// turns dozens of times for each. Never larger than an image, so that no old ones queue up in it.
/// </summary>
/// <remarks>
/// Linux only. On Windows .NET's pipes hold 4 KiB, but a reader takes whole writes, and FFmpeg's are of 32 KiB: 64 for a 1080p image with a
/// real ffmpeg.exe under wine, where such writes pass at 283 MB/s. A larger pipe would not change that.
/// </remarks>
internal static partial class PipeCapacity
{
    private const int SetPipeSize = 1031;
    private const int DefaultCapacity = 1 << 16;
    private const int MaxUnprivileged = 1 << 20;

    /// <summary>Enlarges the buffer of a stream's pipe, if it is one and the system supports that.</summary>
    /// <param name="stream">One end of the pipe.</param>
    /// <param name="imageBytes">The size of an image in bytes.</param>
    public static void Grow(Stream stream, long imageBytes)
    {
        int size = (int)Math.Min(imageBytes / 2, MaxUnprivileged);
        if (OperatingSystem.IsLinux() && size > DefaultCapacity && stream is PipeStream pipe)
        {
            // A refusal is harmless.
            _ = Control(pipe.SafePipeHandle, SetPipeSize, size);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeHandle file, int command, int value);
}
