using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Windows: reads what FFmpeg's dshow prints about a camera's modes, and knows its arguments.</summary>
internal static partial class DirectShow
{
    /// <summary>FFmpeg's name of the interface.</summary>
    public const string Format = "dshow";

    private const int BufferedImages = 3;
    private const int MinBuffer = 1 << 18;
    private const int MaxBitsPerPixel = 32;

    // A webcam's MJPG has 1 to 2 bits for each pixel.
    private const int CompressedBitsPerPixel = 2;

    /// <summary>Arguments that print the devices.</summary>
    public static readonly string[] ListDevices = ["-hide_banner", "-nostdin", "-f", Format, "-list_devices", "true", "-i", "dummy"];

    /// <summary>Arguments that print a device's modes.</summary>
    public static string[] ListModes(FFmpegDevice device) =>
        ["-hide_banner", "-nostdin", "-f", Format, .. device.Arguments, "-list_options", "true", "-i", device.Address];

    /// <summary>
    /// Arguments for the buffer between a camera and a decoder that is slower: it drops new images when it is full, so that what is in it
    /// becomes as old as it is large. An image that finds it empty is taken whatever its size.
    /// </summary>
    /// <param name="mode">The mode to be captured; null when it is not known.</param>
    public static string[] BufferArguments(Candidate? mode)
    {
        (long width, long height) = mode is null
            ? (SourceMode.CameraDefault.Width!.Value, SourceMode.CameraDefault.Height!.Value)
            : (mode.Width, mode.Height);
        int bits = mode is null ? MaxBitsPerPixel
            : LumaFormats.Find(mode.Code)?.BitsPerPixel
            ?? (JpegFormats.Contains(mode.Code) || SensorFormats.IsInterFrame(mode.Code) ? CompressedBitsPerPixel : MaxBitsPerPixel);
        long bytes = Math.Max(MinBuffer, BufferedImages * width * height * bits / 8);
        return ["-rtbufsize", Math.Min(bytes, int.MaxValue).ToString(CultureInfo.InvariantCulture)];
    }

    /// <summary>Reads the list of devices, as old and new versions print it.</summary>
    public static IReadOnlyList<FFmpegDevice> Devices(IEnumerable<string> lines)
    {
        var devices = new List<FFmpegDevice>();
        foreach (DirectShowEntry entry in DirectShowEntry.Read(lines).Where(entry => entry.IsCamera))
        {
            if (entry.Moniker is null)
            {
                // FFmpeg opens the first of a name, unless the place among them is specified.
                int place = devices.Count(device => device.Name == entry.Name);
                devices.Add(new FFmpegDevice(devices.Count, entry.Name, "video=" + entry.Name, entry.Name)
                {
                    Arguments = place == 0 ? [] : ["-video_device_number", place.ToString(CultureInfo.InvariantCulture)],
                    IsVirtual = VirtualCameras.IsName(entry.Name),
                    HasNoFormat = entry.HasNoFormat,
                });
            }
            else if (devices.TrueForAll(device => device.Identity != entry.Moniker))
            {
                devices.Add(new FFmpegDevice(devices.Count, entry.Name, "video=" + entry.Moniker, entry.Moniker)
                {
                    IsVirtual = VirtualCameras.IsMoniker(entry.Moniker),
                    HasNoFormat = entry.HasNoFormat,
                });
            }
        }

        return FFmpegDevice.WithIdentities(devices);
    }

    /// <summary>Reads a device's modes, with those that FFmpeg cannot name.</summary>
    public static IReadOnlyList<CameraMode> Modes(IEnumerable<string> lines) =>
        [.. lines.Select(FFmpegLogLine.Text).OfType<string>().Select(text => Mode().Match(text)).Where(match => match.Success)
            .Select(ToMode).OfType<CameraMode>()
            .DistinctBy(mode => (mode.Code, mode.Size, mode.Rates is [var rate] ? rate : default))];

    private static CameraMode? ToMode(Match match)
    {
        (long Width, long Height) Size(string width, string height) =>
            (FFmpegNumbers.Side(match.Groups[width].Value), FFmpegNumbers.Side(match.Groups[height].Value));

        if (SizeRange.Between(Size("w0", "h0"), Size("w1", "h1")) is not { } size)
        {
            return null;
        }

        string name = match.Groups["name"].Value;
        bool isNamed = match.Groups["name"].Success;
        return new CameraMode(
            isNamed ? FFmpegPixelFormats.ToCode(name, match.Groups["codec"].Success) : FourCcOf(match.Groups["code"].Value),
            isNamed ? name : FFmpegPixelFormats.Unnamed,
            size,
            FFmpegNumbers.Rates(match.Groups["f0"].Value, match.Groups["f1"].Value));
    }

    private static FourCc FourCcOf(string hexadecimal) =>
        new(uint.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    [GeneratedRegex(
        @"^\s*(?:(?:pixel_format|(?<codec>vcodec))=(?<name>\S+)|unknown compression type 0x(?<code>[0-9A-Fa-f]{1,8}))\s+"
        + @"min s=(?<w0>-?\d+)x(?<h0>-?\d+) fps=(?<f0>\S+) max s=(?<w1>-?\d+)x(?<h1>-?\d+) fps=(?<f1>\S+)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Mode();
}
