namespace LiveConv.Pipeline;

/// <summary>Why a frame was dropped.</summary>
public enum DropCause
{
    /// <summary>A newer frame came before this one could be filtered.</summary>
    Superseded,

    /// <summary>Newer maps came before a screen could take these; counted for each screen.</summary>
    DisplayBusy,

    /// <summary>The source lost it (a gap in its frame numbers). Counted by the source.</summary>
    LostBySource,

    /// <summary>The source delivered it damaged. Counted by the source.</summary>
    Damaged,

    /// <summary>The recorder was too slow; the frame was shown but is missing in the recording.</summary>
    RecorderBusy,

    /// <summary>It came during a pause.</summary>
    Paused,

    /// <summary>The recorder accepted it, but the encoder ended before it was in the file.</summary>
    EncoderDied,

    /// <summary>The recorder accepted it, but the disk was full.</summary>
    DiskFull,
}
