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
    public static IReadOnlyList<FFmpegDevice> Devices(IEnumerable<string> lines)
    {
        var names = new Dictionary<int, string>();
        foreach (string text in lines.Select(FFmpegLogLine.Text).OfType<string>())
        {
            if (text.TrimEnd() == "AVFoundation audio devices:")
            {
                break;
            }

            if (DeviceName().Match(text) is { Success: true } named
                && int.TryParse(named.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && !names.TryAdd(number, named.Groups[2].Value)
                && number == 0)
            {
                // Each kind is counted from 0: these are microphones, whose headline is missing.
                break;
            }
        }

        return FFmpegDevice.WithIdentities(
        [
            .. names.Where(named => !Screen().IsMatch(named.Value)).OrderBy(named => named.Key).Select(named =>
                new FFmpegDevice(named.Key, named.Value, FormattableString.Invariant($"{named.Key}:none"), named.Value)
                {
                    IsVirtual = VirtualCameras.IsName(named.Value),
                }),
        ]);
    }

    /// <summary>
    /// Reads a device's modes, which FFmpeg repeats for each of the system's pixel formats. The system chooses among those.
    /// </summary>
    public static IReadOnlyList<CameraMode> Modes(IEnumerable<string> lines) =>
        [.. lines.Select(FFmpegLogLine.Text).OfType<string>().Select(text => Mode().Match(text)).Where(match => match.Success)
            .Select(ToMode).OfType<CameraMode>()
            .DistinctBy(mode => (mode.Size, mode.Rates is [var rate] ? rate : default))];

    private static CameraMode? ToMode(Match match)
    {
        (long Width, long Height) size = (FFmpegNumbers.Side(match.Groups["w"].Value), FFmpegNumbers.Side(match.Groups["h"].Value));
        return SizeRange.Between(size, size) is { } range
            ? new CameraMode(
                FourCc.Parse(FFmpegPixelFormats.Any), "chosen by the system", range,
                FFmpegNumbers.Rates(match.Groups["f0"].Value, match.Groups["f1"].Value))
            : null;
    }

    [GeneratedRegex(@"^\[(\d+)\] (.*\S)\s*$")]
    private static partial Regex DeviceName();

    [GeneratedRegex(@"^Capture screen \d+$")]
    private static partial Regex Screen();

    [GeneratedRegex(@"^\s*(?<w>\d+)x(?<h>\d+)@\[(?<f0>\S+) (?<f1>[^\s\]]+)\]fps")]
    private static partial Regex Mode();
}
