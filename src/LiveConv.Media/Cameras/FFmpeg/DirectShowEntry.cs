using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>A device in a list that FFmpeg's dshow prints.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Kinds">What it delivers, as new versions print it ("video", "audio, video", "none"); null in lists of old versions.</param>
/// <param name="IsAmongCameras">True where the list's order or its headlines show cameras.</param>
internal sealed partial record DirectShowEntry(string Name, string? Kinds, bool IsAmongCameras)
{
    // More cameras of one name than this are damage, not devices.
    private const int MaxRepeats = 16;

    // Windows' categories of devices, as they stand in monikers.
    private const string VideoCategory = "{860BB310-5D01-11D0-BD3B-00A0C911CE86}";
    private const string AudioCategory = "{33D9A762-90C8-11D0-BD43-00A0C911CE86}";

    /// <summary>Windows' own name for it, which FFmpeg calls the alternative name; null when it is not listed.</summary>
    public string? Moniker { get; init; }

    /// <summary>True when it offers no format now.</summary>
    public bool HasNoFormat => Kinds == "none";

    /// <summary>True for a camera. FFmpeg opens none of Windows' category of microphones, whatever it delivers.</summary>
    public bool IsCamera => !Names(AudioCategory)
        && (Kinds?.Contains("video", StringComparison.Ordinal) == true
            || (Kinds is null or "none" && (IsAmongCameras || Names(VideoCategory) || IsHardware)));

    // Microphones are listed through the system's wave interface only.
    private bool IsHardware => Moniker?.StartsWith("@device_pnp_", StringComparison.Ordinal) == true;

    /// <summary>Reads a list, as old and new versions print it.</summary>
    public static IReadOnlyList<DirectShowEntry> Read(IEnumerable<string> lines)
    {
        var entries = new List<DirectShowEntry>();
        bool amongCameras = true;
        bool isOpen = false;
        foreach (string line in lines)
        {
            if (isOpen && entries[^1].Moniker is null && FFmpegLogLine.Repeats(line) is > 0 and <= MaxRepeats and var times)
            {
                entries.AddRange(Enumerable.Repeat(entries[^1], times));
            }

            if (FFmpegLogLine.Text(line) is not { } text)
            {
                // Others' lines come between FFmpeg's.
                continue;
            }

            if (Alternative().Match(text) is { Success: true } alternative)
            {
                if (isOpen)
                {
                    entries[^1] = entries[^1] with { Moniker = alternative.Groups[1].Value };
                }

                isOpen = false;
                continue;
            }

            Match device = Device().Match(text);
            isOpen = device.Success;
            if (isOpen)
            {
                string? kinds = device.Groups[2].Success ? device.Groups[2].Value : null;

                // New versions list cameras before microphones, old ones under headlines.
                amongCameras &= kinds is null or "none" || kinds.Contains("video", StringComparison.Ordinal);
                entries.Add(new DirectShowEntry(device.Groups[1].Value, kinds, amongCameras));
            }
            else if (Headline().Match(text) is { Success: true } headline)
            {
                amongCameras = headline.Groups[1].Value == "video";
            }
        }

        return entries;
    }

    private bool Names(string category) => Moniker?.Contains(category, StringComparison.OrdinalIgnoreCase) == true;

    // Old versions print nothing behind the name. Behind the kinds others may print, as FFmpeg ends the line later.
    [GeneratedRegex("""^ *"(.+)"(?: \(((?:, |none|unknown|video|audio|data|subtitle|attachment)+)\)|\s*$)""")]
    private static partial Regex Device();

    [GeneratedRegex("""^ +Alternative name "(.+)"\s*$""")]
    private static partial Regex Alternative();

    // Without quotes, which every name has.
    [GeneratedRegex("^DirectShow (video|audio) devices")]
    private static partial Regex Headline();
}
