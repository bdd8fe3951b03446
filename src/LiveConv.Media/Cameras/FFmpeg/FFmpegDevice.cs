namespace LiveConv.Media;

/// <summary>A camera as FFmpeg lists it.</summary>
/// <param name="Number">Its place in the list, from 0.</param>
/// <param name="Name">Display name.</param>
/// <param name="Address">FFmpeg's name for it.</param>
/// <param name="Identity">An identity that no other camera of the list has, and that stays the same when it is plugged in again.</param>
internal sealed record FFmpegDevice(int Number, string Name, string Address, string Identity)
{
    /// <summary>Arguments that FFmpeg needs beside the address, to tell it from others of its name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>True for a camera that is a program, as far as the list shows.</summary>
    public bool IsVirtual { get; init; }

    /// <summary>True when it offers no format: no program feeds it, or another one uses it.</summary>
    public bool HasNoFormat { get; init; }

    /// <summary>
    /// Gives identities to cameras of one name that nothing else distinguishes: "NAME (2 of 3)". While one of them is away the others are
    /// not found either, because which of them it is cannot be known: another camera must not be opened in its place.
    /// </summary>
    public static IReadOnlyList<FFmpegDevice> WithIdentities(IReadOnlyList<FFmpegDevice> devices)
    {
        var taken = new HashSet<string>(devices.Select(device => device.Identity), StringComparer.Ordinal);
        var named = new List<FFmpegDevice>();
        foreach (FFmpegDevice device in devices)
        {
            int count = devices.Count(other => other.Identity == device.Identity);
            int place = devices.Count(other => other.Identity == device.Identity && other.Number < device.Number) + 1;
            string identity = device.Identity;
            if (count > 1)
            {
                // A camera may really be called that.
                identity = $"{device.Identity} ({place} of {count})";
                while (!taken.Add(identity))
                {
                    identity += "'";
                }
            }

            named.Add(device with { Identity = identity });
        }

        return named;
    }
}
