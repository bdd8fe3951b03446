using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Finds the video nodes that can capture, the one that the user named, and one that came back.</summary>
internal static class CameraChoice
{
    /// <summary>The camera for a user who names none; null where there is none.</summary>
    /// <param name="system">The system to search.</param>
    /// <param name="jpegCanBeRead">True if there is a decoder for MJPG.</param>
    /// <param name="failed">Those that did not open.</param>
    public static DefaultCamera<VideoNode>? Default(IVideoSystem system, bool jpegCanBeRead, IReadOnlyList<VideoNode>? failed = null)
    {
        IEnumerable<VideoNode> nodes = system.Nodes().ExceptBy((failed ?? []).Select(node => node.Path), node => node.Path);
        DefaultCamera<VideoNode>? choice = DefaultCamera.Choose(nodes, node => Judge(system, node, jpegCanBeRead));
        return choice is null ? null : choice with { Others = [.. choice.Others.Where(IsOfInterest)] };
    }

    /// <summary>Finds the camera that the user named.</summary>
    /// <param name="system">The system to search.</param>
    /// <param name="which">A node, a number, a part of a name or of a stable name; null for the default camera.</param>
    /// <param name="jpegCanBeRead">True if there is a decoder for MJPG.</param>
    /// <param name="notices">Receives what was passed over, and why; or null.</param>
    /// <exception cref="LiveConvException">There is none, none can be read, or the name matches several.</exception>
    public static VideoNode Find(IVideoSystem system, string? which, bool jpegCanBeRead = true, Notices? notices = null)
    {
        if (string.IsNullOrEmpty(which))
        {
            return Default(system, notices, jpegCanBeRead);
        }

        // A camera that is named exactly is not judged here: opening it reports what is wrong, without blocking this thread.
        IReadOnlyList<VideoNode> nodes = system.Nodes();
        if (which.StartsWith('/'))
        {
            string path = Target(which);
            return nodes.FirstOrDefault(node => node.Path == path)
                ?? throw CameraMessages.NoneAt(which, Titles(Judge(system, nodes, jpegCanBeRead)));
        }

        if (int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && nodes.FirstOrDefault(node => node.Number == number) is { } numbered)
        {
            return numbered;
        }

        return ByName(Judge(system, nodes, jpegCanBeRead), which, notices);
    }

    /// <summary>
    /// Whether a user named a camera by its number: one that is not there is none, and no other whose name holds these digits.
    /// </summary>
    /// <param name="which">What the user named.</param>
    public static bool IsNumber(string which) => which.All(char.IsAsciiDigit);

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

    /// <summary>The cameras beside one that look the same, as twins without serial numbers do.</summary>
    /// <param name="nodes">The nodes that exist.</param>
    /// <param name="node">The one.</param>
    public static CameraIdentity[] TwinsOf(IReadOnlyList<VideoNode> nodes, VideoNode node) =>
        [.. nodes.Where(other => other.Path != node.Path && other.Identity.IsLike(node.Identity)).Select(other => other.Identity)];

    /// <summary>Where a link leads in the end; the path itself if it is none, or leads nowhere.</summary>
    public static string Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return path;
        }
    }

    private static VideoNode Default(IVideoSystem system, Notices? notices, bool jpegCanBeRead)
    {
        DefaultCamera<VideoNode> choice = Default(system, jpegCanBeRead) ?? throw CameraMessages.NoneFound();
        if (choice.Best.Verdict.Rank == CameraRank.Unreadable)
        {
            throw new LiveConvException(choice.Problem(isRequested: true)!);
        }

        // Opening one that cannot be queried reports what to do about that.
        DefaultCamera.Report(notices, choice.PassedOver);
        return choice.Best.Camera;
    }

    // A webcam has a node for its metadata too, which no user takes for a camera.
    private static bool IsOfInterest(JudgedCamera<VideoNode> judged) =>
        judged.Verdict.Problem is not null && (judged.Verdict.Rank < CameraRank.None || judged.Camera.Identity.Index == 0);

    private static JudgedCamera<VideoNode>[] Judge(IVideoSystem system, IEnumerable<VideoNode> nodes, bool jpegCanBeRead) =>
        [.. nodes.Select(node => Judge(system, node, jpegCanBeRead)).Where(judged => judged.Verdict.Rank < CameraRank.None)];

    private static JudgedCamera<VideoNode> Judge(IVideoSystem system, VideoNode node, bool jpegCanBeRead) =>
        new(node, node.Number, V4l2Verdict.Of(system, node, jpegCanBeRead));

    private static VideoNode ByName(JudgedCamera<VideoNode>[] cameras, string name, Notices? notices)
    {
        foreach (Func<CameraIdentity, bool> fits in Fits(name))
        {
            JudgedCamera<VideoNode>[] found = [.. cameras.Where(judged => fits(judged.Camera.Identity))];
            if (found.Length == 0)
            {
                continue;
            }

            // A name is for the images: a camera may have further nodes of its name, for depth and infrared.
            CameraRank best = found.Min(judged => judged.Verdict.Rank);
            JudgedCamera<VideoNode>[] chosen = best <= CameraRank.Gray ? [.. found.Where(judged => judged.Verdict.Rank == best)] : found;
            if (chosen.Length > 1)
            {
                IEnumerable<VideoNode> several = chosen.Select(judged => judged.Camera);
                throw CameraMessages.SeveralNamed(
                    name, several.Select(node => $"{node.Number} ({node.Identity.Name}, {node.Identity.Place})"));
            }

            DefaultCamera.Report(notices, found.Except(chosen));
            return chosen[0].Camera;
        }

        throw CameraMessages.NoneNamed(name, Titles(cameras));
    }

    private static IEnumerable<string> Titles(IEnumerable<JudgedCamera<VideoNode>> cameras) =>
        cameras.Select(judged => $"{judged.Camera.Number} ({judged.Camera.Identity.Name})");

    private static Func<CameraIdentity, bool>[] Fits(string name) =>
    [
        camera => camera.Stable == name || Path.GetFileName(camera.Stable) == name,
        camera => camera.Name.Equals(name, StringComparison.OrdinalIgnoreCase),
        camera => !IsNumber(name) && camera.Name.Contains(name, StringComparison.OrdinalIgnoreCase),
    ];
}
