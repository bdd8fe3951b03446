using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A camera that FFmpeg can read.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Device">What FFmpeg calls it.</param>
/// <param name="Format">FFmpeg's name of the system's capture interface.</param>
internal sealed record FFmpegCamera(string Name, string Device, string Format)
{
    public FFmpegInput ToInput(SourceMode wishes) => FFmpegInput.Camera(Format, Device, Name, wishes);
}

/// <summary>Finds the cameras that FFmpeg can read, in the way of each system.</summary>
internal static partial class FFmpegCameras
{
    private const string LinuxList = "/sys/class/video4linux";

    /// <summary>The first camera, or null.</summary>
    public static FFmpegCamera? First() => All().FirstOrDefault();

    /// <summary>The camera with this name, device path or number; null when there is none.</summary>
    public static FFmpegCamera? Find(string name) =>
        All().FirstOrDefault(camera => camera.Device == name || Number(camera) == name)
        ?? All().FirstOrDefault(camera => camera.Name.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<FFmpegCamera> All() =>
        OperatingSystem.IsLinux() ? OnLinux() : OperatingSystem.IsMacOS() ? OnMacOs() : OnWindows();

    private static string Number(FFmpegCamera camera) => camera.Device.Replace("/dev/video", "", StringComparison.Ordinal);

    // A camera has several device files; the one with index 0 delivers its pictures.
    private static IEnumerable<FFmpegCamera> OnLinux() =>
        Directory.Exists(LinuxList)
            ? Directory.EnumerateDirectories(LinuxList, "video*")
                .Where(entry => ReadLine(entry, "index") == "0" && File.Exists("/dev/" + Path.GetFileName(entry)))
                .OrderBy(entry => int.TryParse(Path.GetFileName(entry).AsSpan("video".Length), CultureInfo.InvariantCulture, out int n) ? n : int.MaxValue)
                .Select(entry => new FFmpegCamera(ReadLine(entry, "name") ?? Path.GetFileName(entry), "/dev/" + Path.GetFileName(entry), "v4l2"))
            : [];

    private static string? ReadLine(string entry, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(entry, file)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<FFmpegCamera> OnMacOs() =>
        Listing("avfoundation", "")
            .TakeWhile(line => !line.Contains("audio devices", StringComparison.Ordinal))
            .Select(line => MacOsLine().Match(line))
            .Where(match => match.Success && !match.Groups[2].Value.StartsWith("Capture screen", StringComparison.Ordinal))
            .Select(match => new FFmpegCamera(match.Groups[2].Value, match.Groups[1].Value + ":none", "avfoundation"));

    private static IEnumerable<FFmpegCamera> OnWindows() =>
        Listing("dshow", "dummy")
            .Select(line => WindowsLine().Match(line))
            .Where(match => match.Success)
            .Select(match => new FFmpegCamera(match.Groups[1].Value, "video=" + match.Groups[1].Value, "dshow"));

    // FFmpeg lists devices on standard error and then fails.
    private static IReadOnlyList<string> Listing(string format, string input)
    {
        if (FFmpegTool.Find() is not { } tool)
        {
            return [];
        }

        using ChildProcess child = ChildProcess.Start(
            tool.Path, ["-hide_banner", "-nostdin", "-f", format, "-list_devices", "true", "-i", input], writes: false);
        return child.WaitForExit(TimeSpan.FromSeconds(10)) ? child.Notes : [];
    }

    [GeneratedRegex(@"\[(\d+)\] (.+)$")]
    private static partial Regex MacOsLine();

    [GeneratedRegex("\"([^\"]+)\" \\(video\\)")]
    private static partial Regex WindowsLine();
}
