namespace LiveConv.Pipeline;

/// <summary>The stages that a frame passes, each with its own work time.</summary>
public enum Stage
{
    /// <summary>Reading and decoding a frame, without waiting for it.</summary>
    Capture,

    /// <summary>Filtering a frame into its maps.</summary>
    Convolve,

    /// <summary>Handing maps to a screen.</summary>
    Display,

    /// <summary>Writing maps to a recording.</summary>
    Record,
}
