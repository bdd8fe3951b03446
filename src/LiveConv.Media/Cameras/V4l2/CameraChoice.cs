using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Finds the video nodes that can capture, the one that the user named, and one that came back.</summary>
internal static class CameraChoice
{
    /// <summary>True if a node can stream images; null when it cannot be queried (no permission, or just gone).</summary>
    public static bool? CanCapture(IVideoSystem system, VideoNode node)
    {
        if (system.Open(node.Path, out IVideoDevice? device) != Errno.None)
        {
            return null;
        }

        using (device)
        {
            return TryCaptures(device!);
        }
    }

    /// <summary>As <see cref="Captures"/>; null when the node cannot be queried.</summary>
    public static bool? TryCaptures(IVideoDevice device)
    {
        try
        {
            return Captures(device);
        }
        catch (V4l2Exception)
        {
            return null;
        }
    }

    /// <summary>True if an open node can stream images.</summary>
    /// <exception cref="V4l2Exception">The node cannot be queried.</exception>
    public static bool Captures(IVideoDevice device)
    {
        const uint Needed = CapabilityBits.VideoCapture | CapabilityBits.Streaming;
        var capability = default(Capability);
        Errno errno = device.Control(Requests.QueryCapability, ref capability);
        if (errno is Errno.NotATerminal or Errno.Invalid)
        {
            return false;
        }

        V4l2Exception.ThrowIf(errno, "QUERYCAP");
        return (capability.OfThisNode & Needed) == Needed;
    }

    /// <summary>Finds the camera that the user named.</summary>
    /// <param name="system">The system to search.</param>
    /// <param name="which">A node, a number, a part of a name or of a stable name; null for the first that can capture.</param>
    /// <exception cref="LiveConvException">There is none, or the name matches several.</exception>
    public static VideoNode Find(IVideoSystem system, string? which)
    {
        IReadOnlyList<VideoNode> nodes = system.Nodes();
        if (string.IsNullOrEmpty(which))
        {
            // A camera that cannot be opened is better than none: opening it reports what to do about that.
            return nodes.FirstOrDefault(node => CanCapture(system, node) == true)
                ?? nodes.FirstOrDefault(node => CanCapture(system, node) is null)
                ?? throw CameraMessages.NoneFound();
        }

        if (which.StartsWith('/'))
        {
            string path = Target(which);
            return nodes.FirstOrDefault(node => node.Path == path) ?? throw CameraMessages.NoneAt(which, Titles(system, nodes));
        }

        if (int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && nodes.FirstOrDefault(node => node.Number == number) is { } numbered)
        {
            return numbered;
        }

        return ByName(system, nodes, which);
    }

    /// <summary>Finds the same camera as before, wherever it is now; null while it is away.</summary>
    /// <param name="nodes">The nodes that exist now.</param>
    /// <param name="before">The node when it was opened.</param>
    /// <param name="twins">Nodes that looked the same then but were other cameras.</param>
    public static VideoNode? FindAgain(IReadOnlyList<VideoNode> nodes, VideoNode before, IReadOnlyCollection<CameraIdentity> twins)
    {
        VideoNode[] alike = [.. nodes.Where(node => node.Identity.IsLike(before.Identity))];
        return alike.Where(node => node.Identity.Place == before.Identity.Place).OrderByDescending(node => node.Path == before.Path)
            .FirstOrDefault()
            ?? alike.FirstOrDefault(node => !twins.Any(twin => twin.Place == node.Identity.Place));
    }

    private static VideoNode ByName(IVideoSystem system, IReadOnlyList<VideoNode> nodes, string name)
    {
        foreach (Func<CameraIdentity, bool> fits in Fits(name))
        {
            VideoNode[] found = [.. nodes.Where(node => fits(node.Identity) && MayCapture(system, node))];
            if (found.Length == 1)
            {
                return found[0];
            }

            if (found.Length > 1)
            {
                throw CameraMessages.SeveralNamed(
                    name, found.Select(node => $"{node.Number} ({node.Identity.Name}, {node.Identity.Place})"));
            }
        }

        throw CameraMessages.NoneNamed(name, Titles(system, nodes));
    }

    private static IEnumerable<string> Titles(IVideoSystem system, IEnumerable<VideoNode> nodes) =>
        nodes.Where(node => MayCapture(system, node)).Select(node => $"{node.Number} ({node.Identity.Name})");

    // A webcam has nodes for its metadata too, under the same name.
    private static bool MayCapture(IVideoSystem system, VideoNode node) => CanCapture(system, node) ?? node.Identity.Index == 0;

    private static Func<CameraIdentity, bool>[] Fits(string name) =>
    [
        camera => camera.Stable == name || Path.GetFileName(camera.Stable) == name,
        camera => camera.Name.Equals(name, StringComparison.OrdinalIgnoreCase),
        camera => camera.Name.Contains(name, StringComparison.OrdinalIgnoreCase),
    ];

    private static string Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
