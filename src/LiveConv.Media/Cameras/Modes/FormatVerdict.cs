using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>Judges a camera by its formats: whether they can be read, whether they have colour, and what they are made for.</summary>
internal static partial class FormatVerdict
{
    private const string Reads = "LiveConv reads YUV, gray and MJPG";
    private const string Pick = "pick another camera (run 'liveconv cameras' to list them)";

    /// <summary>Judges a camera.</summary>
    /// <param name="title">Its display name, with its node where it has one.</param>
    /// <param name="codes">The codes of its formats.</param>
    /// <param name="canRead">True for formats that can be read here.</param>
    public static CameraVerdict Of(string title, IEnumerable<FourCc> codes, Func<FourCc, bool> canRead)
    {
        FourCc[] all = [.. codes.Distinct()];
        FourCc[] readable = [.. all.Where(canRead)];
        if (readable.Length == 0)
        {
            return CameraVerdict.Of(CameraRank.Unreadable, title, WhyUnreadable(all));
        }

        if (readable.All(IsGray))
        {
            return CameraVerdict.Of(CameraRank.Gray, title, $"delivers no colour, as infrared cameras do (it offers {Names(all)})");
        }

        // Depth cameras offer their infrared images as YUV too.
        if (all.Any(SensorFormats.IsDepth))
        {
            return CameraVerdict.Of(CameraRank.Gray, title, $"is a depth camera's infrared one (it offers {Names(all)})");
        }

        if (InfraredName().IsMatch(title))
        {
            return CameraVerdict.Of(CameraRank.Gray, title, "is an infrared camera, by its name");
        }

        if (DepthName().IsMatch(title))
        {
            return CameraVerdict.Of(CameraRank.Gray, title, "is a depth camera, by its name");
        }

        return all.Any(SensorFormats.IsBayer)
            ? CameraVerdict.Of(CameraRank.Second, title, "also offers raw sensor data, as cameras do that other software must set up first")
            : readable.All(SensorFormats.IsInterFrame)
            ? CameraVerdict.Of(CameraRank.Late, title, $"offers only {Names(all)}, which comes late")
            : CameraVerdict.Good;
    }

    /// <summary>The names of formats.</summary>
    public static string Names(IEnumerable<FourCc> codes) => string.Join(", ", codes.Select(code => code.ToString()));

    private static bool IsGray(FourCc code) => LumaFormats.Find(code) is { HasColor: false };

    private static string WhyUnreadable(FourCc[] codes)
    {
        if (codes.Length == 0)
        {
            return "offers no format now: if it is a virtual camera, start the program that feeds it";
        }

        string offers = $"offers only {Names(codes)}";
        return codes.Any(JpegFormats.Contains) ? $"{offers}: {ModeReason.JpegHelp}"
            : codes.All(SensorFormats.IsDepth) ? $"{offers}, which is depth and no image: {Pick}"
            : codes.All(SensorFormats.IsBayer) ? $"{offers}, which is raw sensor data; {Reads}: {Pick}"
            : $"{offers}; {Reads}: {Pick}";
    }

    [GeneratedRegex(@"(?<![A-Za-z])[Dd]epth(?![A-Za-z])|(?<![A-Za-z])DEPTH(?![A-Za-z])")]
    private static partial Regex DepthName();

    // Also as in Integrated_IR_Camera and IRCam, but not in FIRE and Iriun.
    [GeneratedRegex(@"(?<![A-Za-z])IR(?![A-Za-z])|(?<![A-Za-z])IR-?[Cc]am|[Ii]nfra[- ]?[Rr]ed|INFRARED")]
    private static partial Regex InfraredName();
}
