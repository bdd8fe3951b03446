namespace LiveConv.Media;

/// <summary>
/// What Windows calls a device: <c>\\?\usb#vid_…</c>. DirectShow and Media Foundation put it into the identities that they give a camera,
/// each with words of its own around it, so that a camera is known by it in the list of either.
/// </summary>
internal static class DevicePath
{
    private const string Begin = @"\\?\";
    private const string End = "#{";

    /// <summary>The device's path in an identity, in lower case; null when there is none.</summary>
    public static string? Of(string identity)
    {
        int begin = identity.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : identity.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0 ? null : identity[begin..end].ToLowerInvariant();
    }
}
