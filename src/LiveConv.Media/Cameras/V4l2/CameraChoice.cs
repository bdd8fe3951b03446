using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Finds the video nodes that can capture, the one that the user means, and one that came back.</summary>
internal static class CameraChoice
{
    /// <summary>Whether a node can stream images; null when it cannot be asked (no permission, or just gone).</summary>
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

    /// <summary>As <see cref="Captures"/>; null when it cannot be asked.</summary>
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

    /// <summary>Whether an open node can stream images.</summary>
    /// <exception cref="V4l2Exception">It cannot be asked.</exception>
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

    /// <summary>The camera that the user means.</summary>
    /// <param name="system">Where to look.</param>
    /// <param name="which">A node, a number, a part of a name or of a stable name; null for the first that can capture.</param>
    /// <exception cref="LiveConvException">There is none, or the name fits several.</exception>
    public static VideoNode Find(IVideoSystem system, string? which)
    {
        IReadOnlyList<VideoNode> nodes = system.Nodes();
        if (string.IsNullOrEmpty(which))
        {
            // One that may not be opened is better than none: opening it says what to do about that.
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

    /// <summary>The same camera as before, wherever it is now; null while it is away.</summary>
    /// <param name="nodes">What is there now.</param>
    /// <param name="before">What it was when it was opened.</param>
    /// <param name="twins">Nodes that looked the same then and were another camera.</param>
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
                throw CameraMessages.SeveralCalled(
                    name, found.Select(node => $"{node.Number} ({node.Identity.Name}, {node.Identity.Place})"));
            }
        }

        throw CameraMessages.NoneCalled(name, Titles(system, nodes));
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
