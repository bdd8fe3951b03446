using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>macOS: reads what FFmpeg's avfoundation prints about cameras.</summary>
internal static partial class AvFoundation
{
    /// <summary>FFmpeg's name of the interface.</summary>
    public const string Format = "avfoundation";

    /// <summary>Arguments that print the devices.</summary>
    public static readonly string[] ListDevices = ["-hide_banner", "-nostdin", "-f", Format, "-list_devices", "true", "-i", ""];

    /// <summary>Arguments that print a device's modes: FFmpeg lists them when an impossible one is requested.</summary>
    public static string[] ListModes(FFmpegDevice device) =>
        ["-hide_banner", "-nostdin", "-f", Format, "-video_size", "1x1", "-i", device.Address];

    /// <summary>Reads the list of devices. Screens, which are listed among the cameras, are skipped.</summary>
    public static IReadOnlyList<FFmpegDevice> Devices(IEnumerable<string> lines) =>
    [
        .. lines
            .TakeWhile(line => !line.Contains("AVFoundation audio devices", StringComparison.Ordinal))
            .Select(line => DeviceName().Match(line))
            .Where(match => match.Success && !match.Groups[2].Value.StartsWith("Capture screen", StringComparison.Ordinal))
            .Select(match => new FFmpegDevice(
                int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
                match.Groups[2].Value,
                match.Groups[1].Value + ":none",
                match.Groups[2].Value)),
    ];

    /// <summary>
    /// Reads a device's modes, which FFmpeg repeats for each of the system's pixel formats. The system chooses among those.
    /// </summary>
    public static IReadOnlyList<CameraMode> Modes(IEnumerable<string> lines) =>
        [.. lines.Select(line => Mode().Match(line)).Where(match => match.Success).Select(ToMode)
        .DistinctBy(mode => (mode.Size, mode.Rates[0]))];

    private static CameraMode ToMode(Match match) => new(
        FourCc.Parse(FFmpegPixelFormats.Any),
        "chosen by the system",
        new SizeRange(
            int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)),
        [new RateRange(Rate(match.Groups[3]), Rate(match.Groups[4]))]);

    private static double Rate(Group text) => Math.Round(double.Parse(text.Value, CultureInfo.InvariantCulture), 3);

    [GeneratedRegex(@"\] \[(\d+)\] (.+?)\s*$")]
    private static partial Regex DeviceName();

    [GeneratedRegex(@"\b(\d+)x(\d+)@\[([\d.]+) ([\d.]+)\]fps")]
    private static partial Regex Mode();
}
