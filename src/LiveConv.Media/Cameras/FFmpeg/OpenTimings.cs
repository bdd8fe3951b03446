namespace LiveConv.Media;

/// <summary>How long opening a camera through FFmpeg may take.</summary>
internal sealed record OpenTimings
{
    /// <summary>Until the first image.</summary>
    public TimeSpan FirstImage { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The same, the first time on a system that asks the user whether this program may read the camera.</summary>
    public TimeSpan Permission { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Until the hint that the system may be asking.</summary>
    public TimeSpan PermissionHint { get; init; } = TimeSpan.FromSeconds(2);
}
