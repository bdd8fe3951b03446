using System.Globalization;

namespace LiveConv.Media;

/// <summary>Counts the frames of a video file without decoding them.</summary>
internal static class FramesInFile
{
    private const string Mark = "frame=";

    /// <summary>Counts the frames, as fast as the file can be read.</summary>
    /// <param name="tool">FFmpeg.</param>
    /// <param name="path">The file.</param>
    /// <param name="stop">Ends the count.</param>
    /// <returns>The number of complete frames; 0 when FFmpeg finds no video; null when stopped.</returns>
    public static long? Count(FFmpegTool tool, string path, CancellationToken stop)
    {
        string[] arguments =
        [
            "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+error", "-fflags", "+discardcorrupt", "-protocol_whitelist", "file",
            "-i", "file:" + Path.GetFullPath(path), "-map", "0:v:0", "-c", "copy", "-progress", "pipe:1", "-f", "null", "-",
        ];
        using ChildProcess child = ChildProcess.Start(tool.Path, arguments, writes: false);
        using CancellationTokenRegistration kill = stop.Register(child.Kill);
        using var lines = new StreamReader(child.Output);
        long frames = 0;
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal)
                && long.TryParse(line.AsSpan(Mark.Length), CultureInfo.InvariantCulture, out long count))
            {
                frames = count;
            }
        }

        return stop.IsCancellationRequested ? null : frames;
    }
}
