using System.Globalization;

namespace LiveConv.Media;

/// <summary>A place in a video where decoding can start, so that what follows is what it is when decoded from the video's start.</summary>
/// <param name="Seek">Where FFmpeg seeks to, in its time; in whole microseconds.</param>
/// <param name="Frame">The first frame that is read, counted from the video's start.</param>
/// <param name="At">That frame's time in FFmpeg's time. What is decoded before it is left out.</param>
/// <param name="Zero">The time of the video's first frame in FFmpeg's time.</param>
public sealed record VideoEntry(TimeSpan Seek, long Frame, TimeSpan At, TimeSpan Zero)
{
    /// <summary>
    /// FFmpeg's arguments before its input. The offset is what the seek takes away, so that every frame has the time that it has when the
    /// video is read from its start.
    /// </summary>
    internal IEnumerable<string> Arguments
    {
        get
        {
            string seconds = Seek.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
            return ["-noaccurate_seek", "-ss", seconds, "-itsoffset", seconds];
        }
    }
}
