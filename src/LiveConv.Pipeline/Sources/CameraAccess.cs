namespace LiveConv.Pipeline;

/// <summary>How a user permits a camera to be read, for messages of what may be refused.</summary>
public static class CameraAccess
{
    /// <summary>What to do on Windows, where its settings decide for all desktop programs together.</summary>
    public const string OnWindows = "allow desktop apps in Settings > Privacy & security > Camera";

    /// <summary>What to do on macOS, where the settings decide for the terminal that a program runs in.</summary>
    public const string OnMac = "allow this terminal in System Settings > Privacy & Security > Camera";

    /// <summary>What to do on Linux, where the node's group decides.</summary>
    public static string OnLinux => $"join the group video (sudo usermod -aG video {Environment.UserName}) and log in again";

    /// <summary>What to do on this system, as it continues a sentence.</summary>
    public static string HowTo => OperatingSystem.IsWindows() ? OnWindows : OperatingSystem.IsMacOS() ? OnMac : OnLinux;

    /// <summary>
    /// The end of a message about a camera that does not start: the programs that may hold it, and where the system does not report that
    /// the user has not permitted it, the setting.
    /// </summary>
    public static string OrElse =>
        "close other programs that use it" + (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? $", or {HowTo}" : "");
}
