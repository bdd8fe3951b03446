namespace LiveConv.App;

/// <summary>Detects a desktop on which a window would be visible.</summary>
internal static class Desktop
{
    public static bool IsAvailable =>
        OperatingSystem.IsWindows() ? Environment.UserInteractive
        : OperatingSystem.IsMacOS() ? !IsSet("SSH_CONNECTION")
        : IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY");

    public static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
