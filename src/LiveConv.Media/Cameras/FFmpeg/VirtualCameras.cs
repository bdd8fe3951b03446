using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>Tells cameras that are programs from those that are hardware, by what a list of cameras shows.</summary>
internal static partial class VirtualCameras
{
    /// <summary>True for a virtual camera, by Windows' own name for it, which begins with the kind of the device.</summary>
    /// <param name="moniker">As <c>@device_pnp_\\?\usb#vid_046d...</c>.</param>
    public static bool IsMoniker(string moniker) => SoftwareMoniker().IsMatch(moniker);

    /// <summary>True for a name that says so, where the list has only names.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name) => VirtualName().IsMatch(name);

    // A filter that a program registered, or a device that a driver made up: of no bus (root), or of Windows' virtual cameras (swd).
    [GeneratedRegex(@"^@device_(?:sw_|pnp_\\\\\?\\(?:root|swd)#)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SoftwareMoniker();

    [GeneratedRegex(
        @"\b(?:virtual|desk view|softcam|v-?cam|screen[- ]capture|obs|ndi|manycam|camtwist|snap camera|mmhmm|xsplit|ecamm|camo|droidcam"
        + "|epoccam|ivcam|iriun|splitcam|youcam|altercam|chromacam|nvidia broadcast|logi capture|prism live|streamlabs|vmix"
        + @"|unity video capture|webcam utility|gopro webcam|finecam|sparkocam)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VirtualName();
}
