namespace LiveConv.App;

/// <summary>Whether somebody could see a window.</summary>
internal static class Desktop
{
    public static bool IsThere =>
        OperatingSystem.IsWindows() ? Environment.UserInteractive
        : OperatingSystem.IsMacOS() ? !IsSet("SSH_CONNECTION")
        : IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY");

    public static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
