namespace LiveConv.Pipeline;

/// <summary>Actions that the user requests from the running program by key, button or signal.</summary>
public enum LiveAction
{
    /// <summary>End the run.</summary>
    Quit,

    /// <summary>Pause or resume.</summary>
    TogglePause,

    /// <summary>Pause and show the next frame.</summary>
    Step,

    /// <summary>Start a recording, or end it.</summary>
    ToggleRecord,

    /// <summary>Save the maps of the frame on screen as an image.</summary>
    Snapshot,

    /// <summary>Select the preset with the index <see cref="LiveCommand.Index"/>.</summary>
    SelectPreset,

    /// <summary>Select the next preset.</summary>
    NextPreset,

    /// <summary>Select the previous preset.</summary>
    PreviousPreset,

    /// <summary>Show or hide the statistics. Each screen does this for itself.</summary>
    ToggleStatistics,

    /// <summary>Show or hide the list of keys. Each screen does this for itself.</summary>
    ToggleHelp,
}
