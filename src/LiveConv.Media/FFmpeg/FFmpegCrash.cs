namespace LiveConv.Media;

/// <summary>How FFmpeg ends when it crashes, or cannot be loaded.</summary>
internal static class FFmpegCrash
{
    /// <summary>What an exit code shows, as it continues a sentence that begins with the program; null for one of FFmpeg's own.</summary>
    /// <param name="code">The exit code.</param>
    /// <param name="notes">All its messages: where it cannot be loaded, the loader's say what is missing.</param>
    public static string? Of(int code, IReadOnlyList<string> notes) => IsCrash(code)
        ? $"crashes (exit code {(OperatingSystem.IsWindows() ? $"0x{code:X8}" : FormattableString.Invariant($"{code}"))})"
            + FFmpegError.Detail(notes)
        : null;

    // FFmpeg's own codes are small, or a negative error of its libraries (0xFFFFFFxx, or four letters, below 0xC0000000). Windows ends
    // programs with the number of the exception; a shell reports that a program cannot be loaded, .NET the signal that ended it.
    private static bool IsCrash(int code) => OperatingSystem.IsWindows()
        ? (uint)code >> 24 is >= 0xC0 and < 0xF0
        : code is 126 or 127 or (> 128 and < 160);
}
