using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LiveConv.Benchmarks;

/// <summary>FFmpeg's Sobel filter, as people run it: the program with and without the filter, and the difference a frame.</summary>
internal static class FFmpegPeer
{
    private const int Frames = 120;
    private const int Rounds = 3;

    /// <summary>
    /// Milliseconds a frame for one map (its filter makes the magnitude of both directions); null where there is no ffmpeg.
    /// </summary>
    public static double? Measure(int width, int height, int threads)
    {
        try
        {
            var differences = new List<double>();
            for (int round = 0; round < Rounds; round++)
            {
                double without = Time(width, height, threads, "null");
                differences.Add((Time(width, height, threads, "sobel") - without) / Frames);
            }

            return differences.Order().ElementAt(Rounds / 2);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static double Time(int width, int height, int threads, string filter)
    {
        string number = threads.ToString(CultureInfo.InvariantCulture);
        string source = string.Create(
            CultureInfo.InvariantCulture, $"color=gray:size={width}x{height}:rate=30,format=gray,loop=-1:1,trim=end_frame={Frames}");
        string[] arguments =
            ["-v", "error", "-nostdin", "-filter_threads", number, "-f", "lavfi", "-i", source, "-vf", filter, "-f", "null", "-"];
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start("ffmpeg", arguments);
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new InvalidOperationException("ffmpeg failed");
    }
}
