using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Media.Cameras;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>A camera's modes as v4l2-ctl prints them and as LiveConv lists them, brought to the same lines.</summary>
internal static partial class V4l2Ctl
{
    public static string[] Formats(string node)
    {
        var lines = new List<string>();
        string format = "", size = "";
        foreach (string line in Shell.Run($"v4l2-ctl -d {node} --list-formats-ext").Split('\n'))
        {
            if (Format().Match(line) is { Success: true } named)
            {
                format = named.Groups[1].Value.Trim() + (line.Contains("-BE'", StringComparison.Ordinal) ? "-BE" : "");
            }
            else if (Size().Match(line) is { Success: true } sized)
            {
                size = sized.Groups[1].Value;
            }
            else if (Rate().Match(line) is { Success: true } rate)
            {
                lines.Add($"{format} {size} {rate.Groups[1].Value}");
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    public static string[] Formats(CameraListing camera) =>
    [
        .. camera.Formats
            .SelectMany(format => format.Sizes.SelectMany(size => size.Fps.Select(rate =>
                string.Create(CultureInfo.InvariantCulture, $"{format.Format} {size.Width}x{size.Height} {rate.Max:0.000}"))))
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"^\s*\[\d+\]: '(.{4})(?:-BE)?'")]
    private static partial Regex Format();

    [GeneratedRegex(@"Size: Discrete (\d+x\d+)")]
    private static partial Regex Size();

    [GeneratedRegex(@"Interval: Discrete .*\((\d+\.\d+) fps\)")]
    private static partial Regex Rate();
}
