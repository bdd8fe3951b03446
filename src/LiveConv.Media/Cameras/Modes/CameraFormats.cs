namespace LiveConv.Media;

/// <summary>The names of the pixel formats that can be requested from a camera.</summary>
public static class CameraFormats
{
    // Other programs' names for the same formats.
    private static readonly Dictionary<string, string> Aliases = new() { ["MJPEG"] = "MJPG", ["I420"] = "YU12", ["YUY2"] = "YUYV" };

    /// <summary>All names, the most common first; other programs' names for the same formats are accepted too.</summary>
    public static IReadOnlyList<string> Names { get; } = ["MJPG", "YUYV", "NV12", .. LumaFormats.Names.Except(["YUYV", "NV12"])];

    /// <summary>Checks whether a format of this name can be requested; case does not matter.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when it can; a particular camera may still lack it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static bool IsKnown(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Names.Contains(Canonical(name)) || Canonical(name) == "JPEG";
    }

    /// <summary>The kernel's name of a format.</summary>
    internal static string Canonical(string name) => Aliases.GetValueOrDefault(name.ToUpperInvariant()) ?? name.ToUpperInvariant();
}
