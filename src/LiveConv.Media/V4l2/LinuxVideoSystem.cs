using System.Globalization;

namespace LiveConv.Media;

/// <summary>The video nodes of this machine, from sysfs and udev's links; nothing is opened to list them.</summary>
/// <param name="sysfs">The mount point of sysfs.</param>
/// <param name="devices">The folder of device nodes.</param>
/// <param name="processes">The mount point of proc.</param>
internal sealed class LinuxVideoSystem(string sysfs = "/sys", string devices = "/dev", string processes = "/proc") : IVideoSystem
{
    private const string Prefix = "video";

    public IReadOnlyList<VideoNode> Nodes()
    {
        try
        {
            return [
                .. Directory.EnumerateFileSystemEntries(devices, Prefix + "*").Select(Describe).OfType<VideoNode>()
                .OrderBy(node => node.Number)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public Errno Open(string path, out IVideoDevice? device) => LibcDevice.Open(path, out device);

    // Polling a folder twice a second costs nothing, and works where udev and inotify do not.
    public void AwaitChange(TimeSpan max, CancellationToken stop) => stop.WaitHandle.WaitOne(max);

    public string? UserOf(string path) => NodeUsers.Find(processes, path);

    private VideoNode? Describe(string path)
    {
        if (!int.TryParse(Path.GetFileName(path).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return null;
        }

        string node = Path.Combine(sysfs, "class/video4linux", Path.GetFileName(path));
        string name = Line(node, "name") ?? Path.GetFileName(path);
        int index = int.TryParse(Line(node, "index"), NumberStyles.None, CultureInfo.InvariantCulture, out int i) ? i : 0;
        // The links are relative to their real location, so they are followed one after the other.
        string? device = Resolve(Path.Combine(Resolve(node) ?? node, "device"));
        string? usb = device is null ? null : Path.GetDirectoryName(device);
        string? product = usb is not null && Line(usb, "idVendor") is { } vendor ? $"{vendor}:{Line(usb, "idProduct")}" : null;
        return new VideoNode(path, number, new CameraIdentity(
            name,
            device is null ? "virtual:" + name : Path.GetFileName(device),
            product,
            product is null ? null : Line(usb!, "serial"),
            product is null ? null : Line(device!, "bInterfaceNumber"),
            index)
        {
            ById = LinkTo(path),
        });
    }

    private string? LinkTo(string node)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(devices, "v4l/by-id")).Order(StringComparer.Ordinal)
                .FirstOrDefault(link => Resolve(link) == Path.GetFullPath(node));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Resolve(string link)
    {
        try
        {
            return new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A device may vanish between two reads: then it has no such line.
    private static string? Line(string folder, string file)
    {
        try
        {
            string text = File.ReadAllText(Path.Combine(folder, file)).Trim();
            return text.Length == 0 ? null : text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
