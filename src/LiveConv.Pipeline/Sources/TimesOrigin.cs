namespace LiveConv.Pipeline;

/// <summary>Where the times of a source's frames come from.</summary>
public enum TimesOrigin
{
    /// <summary>The source's own: a camera's clock, or a time for every frame in a file or stream.</summary>
    Own,

    /// <summary>The source has none: each frame's time is when it arrived.</summary>
    Arrival,

    /// <summary>The source has none: the frames follow one another at a given or assumed rate.</summary>
    Rate,
}
