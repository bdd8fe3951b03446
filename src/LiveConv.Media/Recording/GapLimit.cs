using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>How long a gap a file with a constant rate fills with repeated frames.</summary>
internal static class GapLimit
{
    private const long MaxBytes = 1L << 30;
    private const int ShareOfFreeSpace = 10;
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortTime = TimeSpan.FromSeconds(2);

    /// <summary>True for a gap that is filled without a notice.</summary>
    /// <param name="repeats">The number of repeated frames.</param>
    /// <param name="rate">The file's rate.</param>
    public static bool IsShort(long repeats, FrameRate rate) => rate.TimeOf(repeats) < ShortTime;

    /// <summary>
    /// The maximum number of repeated frames: a minute, and uncompressed at most a gibibyte and a tenth of the space that is left.
    /// </summary>
    /// <param name="rate">The file's rate.</param>
    /// <param name="imageBytes">The size of an image.</param>
    /// <param name="isUncompressed">True if each image takes that much of the file.</param>
    /// <param name="path">The file.</param>
    public static long MaxRepeats(FrameRate rate, int imageBytes, bool isUncompressed, string path)
    {
        long frames = (long)(MaxTime.TotalSeconds * rate.Fps);
        return isUncompressed ? Math.Min(frames, Math.Min(MaxBytes, FreeSpace(path) / ShareOfFreeSpace) / Math.Max(1, imageBytes)) : frames;
    }

    /// <summary>The start of a sentence about a gap.</summary>
    /// <param name="repeats">The number of repeated frames that fill it.</param>
    /// <param name="rate">The file's rate.</param>
    public static string Describe(long repeats, FrameRate rate) => string.Create(
        CultureInfo.InvariantCulture, $"a gap of {rate.TimeOf(repeats).TotalSeconds:0.0} s takes {repeats} repeated frames");

    private static long FreeSpace(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
