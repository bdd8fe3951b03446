namespace LiveConv.Pipeline;

/// <summary>What a person can ask of the running program, by key, button or signal.</summary>
public enum LiveAction
{
    /// <summary>End the run.</summary>
    Quit,

    /// <summary>Hold the image, or go on.</summary>
    TogglePause,

    /// <summary>Hold the image and show the next frame.</summary>
    Step,

    /// <summary>Start a recording, or end it.</summary>
    ToggleRecord,

    /// <summary>Save the maps of the frame on screen as an image.</summary>
    Snapshot,

    /// <summary>The preset with the number in <see cref="LiveCommand.Index"/>.</summary>
    SelectPreset,

    /// <summary>The preset after this one.</summary>
    NextPreset,

    /// <summary>The preset before this one.</summary>
    PreviousPreset,

    /// <summary>Show or hide the statistics. Each screen does this for itself.</summary>
    ToggleStatistics,

    /// <summary>Show or hide the keys. Each screen does this for itself.</summary>
    ToggleHelp,
}
