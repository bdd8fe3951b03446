using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Messages that say what is wrong with a camera and what to do.</summary>
internal static class CameraMessages
{
    private const string SeeList = "run 'liveconv cameras' to list them";

    public static LiveConvException NoneFound() => new($"no camera was found; plug one in ({SeeList})");

    public static LiveConvException NoneAt(string path, IEnumerable<string> titles) => new($"there is no camera at {path}{Listed(titles)}");

    public static LiveConvException NoneNamed(string name, IEnumerable<string> titles) =>
        new($"no camera is called {name}{Listed(titles)}");

    public static LiveConvException SeveralNamed(string name, IEnumerable<string> titles) =>
        new($"several cameras are called {name}; pick one by its number: {string.Join(", ", titles)}");

    public static LiveConvException Away(string name) => new($"{name} is not there: plug it in ({SeeList})");

    public static LiveConvException NothingAccepted(VideoNode node, IEnumerable<FourCc> codes) => new(
        $"{Title(node)} accepts none of its formats ({FormatVerdict.Names(codes.Distinct())}): unplug it and plug it in again, or close "
        + "other programs that use it");

    /// <summary>Why a camera could not be opened or stopped streaming.</summary>
    public static LiveConvException Refused(VideoNode node, V4l2Exception failure, IVideoSystem system) =>
        Refused(node, failure, failure.Errno == Errno.Busy ? system.UserOf(node.Path) : null);

    /// <summary>Why a camera could not be opened or stopped streaming.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="user">The program that uses it, if it is busy and the system reports which.</param>
    public static LiveConvException Refused(VideoNode node, V4l2Exception failure, string? user) => new(
        failure switch
        {
            { IsGone: true } => Gone(node).Message,
            { Errno: Errno.Busy } => $"{Title(node)} {Used(user)}",
            { Errno: Errno.Access or Errno.NotPermitted } =>
                $"no permission to open {Title(node)}: {CameraAccess.OnLinux}",
            { Errno: Errno.NoSpace } =>
                $"{Title(node)}: the USB bus has no bandwidth left: plug it in elsewhere, or request less with --size, --fps or --format "
                + "MJPG",
            { Errno: Errno.TooManyFiles } => $"{Title(node)} cannot be opened: too many files are open",
            _ => $"{Title(node)} does not stream ({failure.Step}: {Name(failure.Errno)}): unplug it and plug it in again",
        },
        failure);

    /// <summary>That another program reads the camera, as it continues a sentence that begins with its name.</summary>
    /// <param name="user">The program, if it is known.</param>
    public static string Used(string? user) => $"is used by {user ?? "another program"}: close that program first";

    /// <summary>A camera that was connected before.</summary>
    public static LiveConvException Gone(VideoNode node) => new($"{Title(node)} is gone; plug it in again");

    /// <summary>The clause appended to "waiting for NAME"; empty when the camera is simply away.</summary>
    public static string WhyWaiting(V4l2Exception failure, string? user) => failure.Errno switch
    {
        _ when failure.IsGone => "",
        Errno.Busy => $": used by {user ?? "another program"}",
        Errno.Access or Errno.NotPermitted => ": no permission",
        _ => $": {failure.Step} fails with {Name(failure.Errno)}",
    };

    /// <summary>A camera's name and node.</summary>
    public static string Title(VideoNode node) => $"{node.Identity.Name} ({node.Path})";

    private static string Listed(IEnumerable<string> titles) =>
        string.Join(", ", titles) is { Length: > 0 } all ? $"; there are: {all}" : "; there is no camera at all: plug one in";

    private static string Name(Errno errno) => errno switch
    {
        Errno.InputOutput => "EIO",
        Errno.NoMemory => "ENOMEM",
        Errno.Invalid => "EINVAL",
        Errno.Protocol => "EPROTO",
        Errno.BrokenPipe => "EPIPE",
        Errno.TimedOut => "ETIMEDOUT",
        Errno.NotATerminal => "ENOTTY",
        _ => $"error {(int)errno}",
    };
}
