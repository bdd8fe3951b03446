namespace LiveConv.Media;

/// <summary>The names of the pixel formats that a camera can be asked for.</summary>
public static class CameraFormats
{
    // How other programs call the same formats.
    private static readonly Dictionary<string, string> Aliases = new() { ["MJPEG"] = "MJPG", ["I420"] = "YU12", ["YUY2"] = "YUYV" };

    /// <summary>All names, the most usual first; other programs' names for the same formats are taken too.</summary>
    public static IReadOnlyList<string> Names { get; } = ["MJPG", "YUYV", "NV12", .. LumaFormats.Names.Except(["YUYV", "NV12"])];

    /// <summary>Whether a camera can be asked for a format of this name; case does not matter.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when it can; whether a camera has it is another question.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static bool Knows(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Names.Contains(Canonical(name)) || Canonical(name) == "JPEG";
    }

    /// <summary>The kernel's name of a format.</summary>
    internal static string Canonical(string name) => Aliases.GetValueOrDefault(name.ToUpperInvariant()) ?? name.ToUpperInvariant();
}
