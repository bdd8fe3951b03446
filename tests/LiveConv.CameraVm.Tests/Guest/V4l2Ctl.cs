using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Media;

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
                lines.Add($"{format} {size}");
            }
            else if (Steps().Match(line) is { Success: true } steps)
            {
                string step = steps.Groups[3].Success ? steps.Groups[3].Value.Replace('/', 'x') : "1x1";
                size = $"{steps.Groups[1].Value} to {steps.Groups[2].Value} by {step}";
                lines.Add($"{format} {size}");
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
            .SelectMany(format => format.Sizes.SelectMany(size => Lines($"{format.Format} {Text(size)}", size)))
            .Order(StringComparer.Ordinal),
    ];

    // v4l2-ctl tells rates for single sizes only.
    private static IEnumerable<string> Lines(string mode, CameraSizeListing size) =>
        [mode, .. size.Largest is null ? size.Fps.Select(
            rate => string.Create(CultureInfo.InvariantCulture, $"{mode} {rate.Max:0.000}")) : []];

    private static string Text(CameraSizeListing size) => size.Largest is { } far
        ? $"{size.Width}x{size.Height} to {far.Width}x{far.Height} by {far.StepWidth}x{far.StepHeight}"
        : $"{size.Width}x{size.Height}";

    [GeneratedRegex(@"^\s*\[\d+\]: '(.{4})(?:-BE)?'")]
    private static partial Regex Format();

    [GeneratedRegex(@"Size: Discrete (\d+x\d+)")]
    private static partial Regex Size();

    [GeneratedRegex(@"Size: (?:Stepwise|Continuous) (\d+x\d+) - (\d+x\d+)(?: with step (\d+/\d+))?")]
    private static partial Regex Steps();

    [GeneratedRegex(@"Interval: Discrete .*\((\d+\.\d+) fps\)")]
    private static partial Regex Rate();
}
