using System.Globalization;

namespace LiveConv.Pipeline;

/// <summary>Describes a source; an immutable snapshot that is replaced when something changes.</summary>
/// <param name="Name">The display name: a camera's name, a file's name.</param>
/// <param name="Requested">The requested mode.</param>
/// <param name="Granted">The mode that the source actually delivers.</param>
public sealed record SourceInfo(string Name, SourceMode Requested, SourceMode Granted)
{
    /// <summary>Why the granted mode is not the requested one, or another remark for the user; null if there is none.</summary>
    public string? Note { get; init; }

    /// <summary>The number of frames of a video according to its headers; null if unknown, and for live sources.</summary>
    public long? Frames { get; init; }

    /// <summary>The shape of a pixel.</summary>
    public PixelAspect Aspect { get; init; } = PixelAspect.Square;

    /// <summary>How often the source was lost and found again.</summary>
    public int Reconnects { get; init; }

    /// <summary>Where the times of its frames come from.</summary>
    public TimesOrigin Times { get; init; }

    /// <summary>Why a live source has ended and is not waited for; null while it delivers, and for a file.</summary>
    public string? Ended { get; init; }

    /// <summary>Set while no images come: a message such as "waiting for NAME".</summary>
    public string? Waiting { get; init; }

    /// <summary>True when the source has ended and its last image stays on show: nothing is waited for.</summary>
    public bool IsHeld { get; init; }

    /// <summary>
    /// Describes the modes in one line: <c>asked 1280x720@30, granted 1280x720 YUYV@10, measured 9.8: this camera delivers 30 fps only as
    /// MJPG</c>.
    /// </summary>
    /// <param name="measuredFps">The measured rate; null or 0 if it is not known yet.</param>
    /// <returns>The line, without unspecified parts.</returns>
    public string Describe(double? measuredFps = null)
    {
        string asked = Requested == new SourceMode() ? "" : $"asked {Requested}, ";
        string measured = measuredFps is > 0 ? string.Create(CultureInfo.InvariantCulture, $", measured {measuredFps:0.0}") : "";
        string note = Note is null ? "" : $": {Note}";
        string shape = Aspect.IsSquare ? "" : $", pixels {Aspect}";
        return $"{asked}granted {Granted}{shape}{measured}{note}";
    }
}
