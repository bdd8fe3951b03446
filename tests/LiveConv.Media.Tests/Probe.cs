using System.Globalization;
using System.Text;

namespace LiveConv.Media.Tests;

/// <summary>What ffprobe and ffmpeg find in a file.</summary>
internal static class Probe
{
    /// <summary>The time of every image, in milliseconds.</summary>
    public static double[] Times(string path) =>
        [.. Text("-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "csv=p=0", path)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => 1000 * double.Parse(line.Trim(',', '\r'), CultureInfo.InvariantCulture))];

    /// <summary>One field of the first video stream, such as codec_name or width.</summary>
    public static string Stream(string path, string field) =>
        Text("-select_streams", "v:0", "-show_entries", $"stream={field}", "-of", "csv=p=0", path).Trim();

    /// <summary>All pixels, decoded as gray without any conversion.</summary>
    public static byte[] Luma(string path) =>
        Tools.FFmpeg("-i", path, "-vf", "extractplanes=y", "-fps_mode", "passthrough", "-f", "rawvideo", "-");

    /// <summary>How many images really decode.</summary>
    public static int Decoded(string path) =>
        int.Parse(
            Text("-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path).Trim()
            .TrimEnd(','),
            CultureInfo.InvariantCulture);

    private static string Text(params string[] arguments) => Encoding.UTF8.GetString(Tools.Run("ffprobe", ["-v", "error", .. arguments]));
}
