namespace LiveConv.Media;

/// <summary>The notes that are kept beside every recording.</summary>
public static class SidecarPath
{
    /// <summary>Where the notes of a recording are.</summary>
    /// <param name="recording">The recording's path.</param>
    /// <returns>The path of its <c>.json</c>.</returns>
    public static string PathOf(string recording) => recording + ".json";
}
