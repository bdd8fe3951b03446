using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>Windows: reads what FFmpeg's dshow prints about cameras.</summary>
internal static partial class DirectShow
{
    /// <summary>FFmpeg's name of the interface.</summary>
    public const string Format = "dshow";

    /// <summary>Arguments that print the devices.</summary>
    public static readonly string[] ListDevices = ["-hide_banner", "-nostdin", "-f", Format, "-list_devices", "true", "-i", "dummy"];

    /// <summary>Arguments that print a device's modes.</summary>
    public static string[] ListModes(FFmpegDevice device) =>
        ["-hide_banner", "-nostdin", "-f", Format, "-list_options", "true", "-i", device.Address];

    /// <summary>Reads the list of devices, as old and new versions print it.</summary>
    public static IReadOnlyList<FFmpegDevice> Devices(IEnumerable<string> lines)
    {
        var devices = new List<FFmpegDevice>();
        bool inVideo = true;
        bool lastIsVideo = false;
        foreach (string line in lines)
        {
            if (line.Contains("DirectShow ", StringComparison.Ordinal))
            {
                // Before version 5 a heading gave the kind of the devices below it.
                inVideo = line.Contains("DirectShow video", StringComparison.Ordinal);
            }
            else if (AlternativeName().Match(line) is { Success: true } alternative)
            {
                if (lastIsVideo)
                {
                    devices[^1] =
                        devices[^1] with { Address = "video=" + alternative.Groups[1].Value, Identity = alternative.Groups[1].Value };
                }
            }
            else if (DeviceName().Match(line) is { Success: true } named)
            {
                lastIsVideo = named.Groups[2].Success ? named.Groups[2].Value.Contains("video", StringComparison.Ordinal) : inVideo;
                if (lastIsVideo)
                {
                    string name = named.Groups[1].Value;
                    devices.Add(new FFmpegDevice(devices.Count, name, "video=" + name, name));
                }
            }
        }

        return devices;
    }

    /// <summary>Reads a device's modes.</summary>
    public static IReadOnlyList<CameraMode> Modes(IEnumerable<string> lines) =>
        [.. lines.Select(line => Mode().Match(line)).Where(match => match.Success).Select(ToMode)
        .DistinctBy(mode => (mode.Code, mode.Size, mode.Rates[0]))];

    private static CameraMode ToMode(Match match)
    {
        string name = match.Groups["name"].Value;
        var size = new SizeRange(Number(match, "w0"), Number(match, "h0"), Number(match, "w1"), Number(match, "h1"), 1, 1);
        var rates = new RateRange(Math.Round(Real(match, "f0"), 3), Math.Round(Real(match, "f1"), 3));
        return new CameraMode(FFmpegPixelFormats.ToCode(name), name, size, [rates]);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static double Real(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("""\] +"(.+)"(?: \(([a-z, ]+)\))?\s*$""")]
    private static partial Regex DeviceName();

    [GeneratedRegex("""Alternative name "(.+)"\s*$""")]
    private static partial Regex AlternativeName();

    [GeneratedRegex(
        @"(?:pixel_format|vcodec)=(?<name>\w+)\s+min s=(?<w0>\d+)x(?<h0>\d+) fps=(?<f0>[\d.]+) "
        + @"max s=(?<w1>\d+)x(?<h1>\d+) fps=(?<f1>[\d.]+)")]
    private static partial Regex Mode();
}
