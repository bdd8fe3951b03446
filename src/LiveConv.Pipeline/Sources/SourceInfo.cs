using System.Globalization;

namespace LiveConv.Pipeline;

/// <summary>What a source says of itself; an immutable snapshot that is replaced when something changes.</summary>
/// <param name="Name">The display name: a camera's name, a file's name.</param>
/// <param name="Requested">What was requested.</param>
/// <param name="Granted">What the source really delivers.</param>
public sealed record SourceInfo(string Name, SourceMode Requested, SourceMode Granted)
{
    /// <summary>Why the granted mode is not the requested one, or what else the user should know; null when all is well.</summary>
    public string? Note { get; init; }

    /// <summary>How many frames a video has, as far as its headers tell; null when they don't, and for what is live.</summary>
    public long? Frames { get; init; }

    /// <summary>How often the source was lost and found again.</summary>
    public int Reconnects { get; init; }

    /// <summary>Set while no images come: what is being waited for ("waiting for NAME").</summary>
    public string? Waiting { get; init; }

    /// <summary>
    /// All of it in one line: <c>asked 1280x720@30, granted 1280x720 YUYV@10, measured 9.8: this camera gives 30 fps only as MJPG</c>.
    /// </summary>
    /// <param name="measuredFps">Frames per second that really came; null or 0 when that is not known yet.</param>
    /// <returns>The line; what was not said is left out.</returns>
    public string Describe(double? measuredFps = null)
    {
        string asked = Requested == new SourceMode() ? "" : $"asked {Requested}, ";
        string measured = measuredFps is > 0 ? string.Create(CultureInfo.InvariantCulture, $", measured {measuredFps:0.0}") : "";
        string note = Note is null ? "" : $": {Note}";
        return $"{asked}granted {Granted}{measured}{note}";
    }
}
