namespace LiveConv.Media;

/// <summary>
/// What Windows calls a device: <c>\\?\usb#vid_…</c>. DirectShow and Media Foundation put it into the identities that they give a camera,
/// each with words of its own around it, so that a camera is known by it in the list of either.
/// </summary>
/// <param name="Device">The device, in lower case.</param>
/// <param name="Input">Which of the device's inputs it is, in lower case: of a device with several, each is a camera.</param>
internal sealed record DevicePath(string Device, string Input)
{
    private const string Begin = @"\\?\";
    private const string End = "#{";

    /// <summary>What it is, without where it is plugged in: <c>\\?\usb#vid_…&amp;pid_…&amp;mi_…</c>.</summary>
    public string Kind => Device.LastIndexOf('#') is >= 0 and var place ? Device[..place] : Device;

    /// <summary>The path in an identity; null when there is none.</summary>
    public static DevicePath? Of(string identity)
    {
        int begin = identity.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : identity.IndexOf(End, begin, StringComparison.Ordinal);
        int input = end < 0 ? -1 : identity.IndexOf('}', end);
        return input < 0 ? null : new(identity[begin..end].ToLowerInvariant(), identity[(input + 1)..].ToLowerInvariant());
    }
}
